// The picture of a Panel: shows the PNG, carries the sentence as its alt text, takes to Python what the hand does to the
// picture and the sliders, and says so when its kernel is gone. Without a PNG it is that sentence alone, as in a Question.
// While the hand moves, its values travel as numbered questions, the newest of those that wait; each is answered by a sketch,
// the pixels that differ from the picture at rest. At rest the exact picture is asked for.
const REST = 250, MOST = 10, SLACK = 4; // ms without a move; questions under way; pixels until a drag has a direction
export default () => {
  let model, asked = 0, answered = 0, before = 0, room = 1, best = Infinity, values = {}, touches = [], timer = null;
  const held = new Map(); // sliders under the hand: what tells Python their value once more, at rest
  const ask = rest => {
    model.send({ n: ++asked, t: performance.now(), values, touches, rest }); values = {}; touches = [];
  };
  const waits = () => touches.length || Object.keys(values).length;
  const ask_what_waits = most => { if (waits() && asked - answered < most) ask(false); };
  const rest = () => {
    clearTimeout(timer); timer = null; ask_what_waits(Infinity); ask(true);
    before = asked; best = Infinity; for (const save of held.values()) save(); held.clear();
  };
  const moved = () => { ask_what_waits(room); clearTimeout(timer); timer = setTimeout(rest, REST); };
  const let_go = () => { if (timer) { clearTimeout(timer); timer = setTimeout(rest, 0); } }; // after all others who hear of it
  const hear = ({ n, t, cost }) => { // as many as keep the kernel busy over this link; and by Little's law, of which the share
    const took = performance.now() - t; if (n > before) best = Math.min(best, took); // of this movement of the hand
    const flowing = (asked - answered) * Math.min(1, best / took); // best / took did not wait in a queue, so many and one more
    room = Math.max(1, Math.min(MOST, Math.round(best / cost), Math.round(flowing) + 1)); answered = n; ask_what_waits(room);
  };
  const touch = (...what) => {
    if (what[0] === "drag" && touches.at(-1)?.[0] === "drag") touches.pop(); touches.push(what); moved();
  };
  const follow = (name, slider) => { // its view rounds to its grid also what was typed or came from Python: that is taken back
    let exact = null, save = slider.save_changes.bind(slider);
    slider.save_changes = (...how) => held.has(slider) || save(...how);
    slider.on("change:value", (_, value, how) => {
      const by_hand = /pointer|mouse|touch|key/.test(window.event?.type); // not by a view that is just made
      if (!how?.updated_view) { exact = value; queueMicrotask(() => { exact = null; }); }
      else if (exact !== null || !by_hand) {
        slider.set("value", exact ?? slider.previous("value"), { silent: true });
        queueMicrotask(() => how.updated_view.update());
      } else { held.set(slider, save); values[name] = value; moved(); }
    });
  };
  const keep_keys = ({ target }) => // Notebook 7 would take the arrow keys away from a slider
    target.closest?.(".course-slider .noUi-handle")?.setAttribute("data-lm-suppress-shortcuts", "true");
  const initialize = given => {
    model = given.model;
    const part = id => model.widget_manager.get_model(id);
    for (const [name, id] of Object.entries(model.get("sliders"))) part(id).then(slider => follow(name, slider));
    model.on("msg:custom", async answer => { hear(answer); (await part(model.get("readout"))).set("value", answer.alt); });
    document.addEventListener("pointerup", let_go);
    document.addEventListener("focusin", keep_keys);
    return () => { document.removeEventListener("pointerup", let_go); document.removeEventListener("focusin", keep_keys); };
  };
  const render = ({ model, el }) => {
    const made = (name, ...rest) => Object.assign(document.createElement(name), ...rest);
    const still = made("img", { className: "course-picture", draggable: false });
    const sketch = made("img", { className: "course-sketch", alt: "", hidden: true });
    const box = made("div", { className: "course-stage" }), gone = made("p", { className: "course-gone", role: "status",
      textContent: "The kernel was restarted: run this cell again." });
    still.style.touchAction = model.get("grabs").length ? "none" : "auto";
    let turn = Promise.resolve(), begun = null; // pictures are shown in the order of arrival
    const show = (img, bytes) => { turn = turn.then(async () => {
      const old = img.src;
      img.src = URL.createObjectURL(new Blob([bytes], { type: "image/png" }));
      await img.decode(); sketch.hidden = img === still; URL.revokeObjectURL(old);
    }).catch(() => {}); };
    const spot = (event, at = still.getBoundingClientRect()) => // in fractions of the picture
      [(event.clientX - at.left) / at.width, 1 - (event.clientY - at.top) / at.height];
    const grip = ([x, y]) => model.get("grabs").find(([l, b, r, t]) => l <= x && x <= r && b <= y && y <= t);
    const along = event => { // a drag that changes two things keeps to the one that it changes first
      const [x, y] = spot(event), far = [event.clientX - begun.at[0], event.clientY - begun.at[1]].map(Math.abs);
      if (begun.one_way && !begun.way && Math.max(...far) > SLACK) begun.way = far[0] > far[1] ? "x" : "y";
      return [begun.way === "y" ? begun.spot[0] : x, begun.way === "x" ? begun.spot[1] : y];
    };
    still.onpointerdown = event => {
      const taken = grip(spot(event));
      if (!taken) return;
      still.setPointerCapture(event.pointerId); touch("down", ...spot(event));
      begun = { at: [event.clientX, event.clientY], spot: spot(event), one_way: taken[4] || event.shiftKey };
    };
    still.onpointermove = event => {
      if (begun) touch("drag", ...along(event)); else still.style.cursor = grip(spot(event)) ? "grab" : "default";
    };
    still.onpointerup = event => { if (begun) touch("up", ...along(event)); begun = null; };
    const draw = () => { show(still, model.get("value")); still.alt = model.get("alt"); };
    model.on("comm_live_update", () => { still.style.opacity = 0.4; el.append(gone); });
    model.on("change:value", draw); model.on("change:alt", () => { still.alt = model.get("alt"); });
    model.on("msg:custom", ({ alt }, [bytes]) => {
      still.alt = alt; if (bytes) show(sketch, bytes); else turn = turn.then(() => { sketch.hidden = true; });
    });
    if (model.get("value").byteLength) { draw(); box.append(still, sketch); el.append(box); }
  };
  return { initialize, render };
};
