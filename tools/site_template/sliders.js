// A baked panel: each slider has a list of frames (picture file, sentence, value); moving one puts the others back.
for (const panel of document.querySelectorAll(".baked")) {
  const data = JSON.parse(panel.querySelector("script").textContent);
  const image = panel.querySelector("img"), readout = panel.querySelector(".readout");
  const controls = [...panel.querySelectorAll("[data-slider]")];
  const show = frame => { image.src = frame.file; image.alt = readout.textContent = frame.sentence; };
  const label = (control, k) => {
    const slider = data[control.dataset.slider];
    control.value = k;
    control.classList.toggle("moved", k !== slider.home);
    const value = control.parentElement.querySelector("output");
    if (value) value.value = slider.frames[k].value;
  };
  const rest = except => { for (const other of controls) if (other !== except) label(other, data[other.dataset.slider].home); };
  for (const control of controls) {
    control.addEventListener("input", () => {
      const k = Number(control.value);
      rest(control);
      label(control, k);
      show(data[control.dataset.slider].frames[k]);
    });
  }
  panel.querySelector("button").addEventListener("click", () => {
    rest(null);
    const slider = Object.values(data)[0];
    show(slider.frames[slider.home]);
  });
}
