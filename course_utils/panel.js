// The picture of a Panel: shows the PNG, carries the sentence as its alt text, reports the pointer, and says
// so when there is no kernel behind it any more. Without a PNG it is that sentence alone, as in a Question.
function render({ model, el }) {
  const img = document.createElement("img");
  img.className = "course-picture";
  img.draggable = false;
  img.style.touchAction = model.get("grabs") ? "none" : "auto";
  img.style.cursor = model.get("grabs") ? "crosshair" : "default";
  const draw = () => {
    const old = img.src;
    const png = new Blob([model.get("value")], { type: "image/png" });
    img.src = URL.createObjectURL(png);
    if (old) URL.revokeObjectURL(old);
  };
  const name = () => {
    img.alt = model.get("alt");
  };
  const send = (event, kind) => {
    if (!model.get("grabs")) return;
    const box = img.getBoundingClientRect();
    const across = (event.clientX - box.left) / box.width;
    const up = 1 - (event.clientY - box.top) / box.height;
    model.set("pointer", [kind, across, up]);
    model.save_changes();
  };
  img.onpointerdown = event => {
    img.setPointerCapture(event.pointerId);
    send(event, "down");
  };
  img.onpointermove = event => {
    if (event.buttons) send(event, "drag");
  };
  img.onpointerup = event => send(event, "up");
  const gone = document.createElement("p");
  gone.className = "course-gone";
  gone.setAttribute("role", "status");
  gone.textContent = "The kernel was restarted: run this cell again.";
  model.on("comm_live_update", () => {
    img.style.opacity = 0.4;
    el.append(gone);
  });
  model.on("change:value", draw);
  model.on("change:alt", name);
  if (model.get("value").byteLength) {
    draw();
    name();
    el.append(img);
  }
}
export default { render };
