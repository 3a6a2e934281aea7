// A baked panel: each slider has a list of frames (picture file, sentence, value); moving one puts the others back.
for (const panel of document.querySelectorAll(".baked:has([data-slider])")) {
  const data = JSON.parse(panel.querySelector("script").textContent);
  const image = panel.querySelector("img"), readout = panel.querySelector(".readout");
  const controls = [...panel.querySelectorAll("[data-slider]")];
  const show = frame => { image.src = frame.file; image.alt = readout.textContent = frame.sentence; };
  const label = (control, k) => {
    const slider = data[control.dataset.slider], frame = slider.frames[k];
    control.value = k;
    control.parentElement.classList.toggle("moved", k !== slider.home);
    const value = control.parentElement.querySelector("output");
    if (value) { value.value = frame.value; control.setAttribute("aria-valuetext", frame.value); }
  };
  const rest = except => { for (const other of controls) if (other !== except) label(other, data[other.dataset.slider].home); };
  const fetchFrames = slider => { for (const frame of slider.frames) new Image().src = frame.file; };
  for (const control of controls) {
    const slider = data[control.dataset.slider];
    for (const event of ["pointerenter", "focus"]) control.addEventListener(event, () => fetchFrames(slider), { once: true });
    control.addEventListener("input", () => {
      const k = Number(control.value);
      rest(control);
      label(control, k);
      show(slider.frames[k]);
    });
  }
  panel.querySelector("button").addEventListener("click", () => {
    rest(null);
    const slider = Object.values(data)[0];
    show(slider.frames[slider.home]);
  });
}
