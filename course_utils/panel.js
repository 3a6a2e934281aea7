// The picture of a Panel: shows the PNG, carries the sentence as its alt text, takes to Python what the hand does to the
// picture and the sliders, and says so when its kernel is gone. Without a PNG it is that sentence alone, as in a Question.
// While the hand moves, the newest of its values travel as numbered questions, each answered by a sketch: what differs from the
// picture at rest. At rest all that the hand left goes with the question for the exact picture; so nothing older comes later.
const REST = 250, MOST = 10, SLACK = 4; // ms without a move; questions under way; pixels until a drag has a direction
const BY_HAND = /pointer|mouse|touch|key|blur/; // a view that is just made moves its slider, too
export default () => {
  const who = Math.random(); // others may look at the same panel, or did before a reload
  let model, asked = 0, answered = 0, before = 0, room = 1, best = Infinity, values = {}, touches = [], timer = null;
  const held = new Map(); // slider: its name; of those that the hand has moved since the last rest
  const ask = rest => { model.send({ who, n: ++asked, t: performance.now(), values, touches, rest }); [values, touches] = [{}, []]; };
  const ask_what_waits = () => { if (asked - answered < room && (touches.length || Object.keys(values).length)) ask(false); };
  const rest = () => {
    clearTimeout(timer); timer = null; for (const [slider, name] of held) values[name] = slider.get("value");
    held.clear(); ask(true); before = asked; best = Infinity;
  };
  const moved = () => { ask_what_waits(); clearTimeout(timer); timer = setTimeout(rest, REST); };
  const leave = () => { if (timer) rest(); }; // before it does anything else, in another tab too
  const let_go = () => { if (timer) { clearTimeout(timer); timer = setTimeout(rest, 0); } }; // after all others who hear of it
  const hear = ({ n, t, cost }) => { // as many as keep the kernel busy over this link; and by Little's law, of which the share
    const took = performance.now() - t; if (n > before) best = Math.min(best, took); // of this movement of the hand
    const flowing = (asked - answered) * Math.min(1, best / took); // best / took did not wait in a queue, so many and one more
    room = Math.max(1, Math.min(MOST, Math.round(best / cost), Math.round(flowing) + 1)); answered = n; ask_what_waits();
  };
  const touch = (kind, ...spot) => { // of drags in a row the last
    if (kind === "drag" && touches.at(-1)?.[0] === kind) touches.pop(); touches.push([kind, ...spot]); moved(); };
  const follow = (name, slider) => {
    const save = slider.save_changes.bind(slider);
    slider.save_changes = (...how) => { if (held.has(slider)) slider._buffered_state_diff = {}; else save(...how); };
    let exact = null; // typed or from Python: its view rounds that to its grid, which is taken back
    slider.on("change:value", (_, value, how) => {
      const by_hand = BY_HAND.test(window.event?.type), view = how?.updated_view;
      const stay = at => { slider.set("value", at, { silent: true }); queueMicrotask(() => view?.update()); };
      if (!view && !by_hand && held.has(slider)) return stay(slider.previous("value")); // Python lags behind the hand
      if (view && (exact !== null || !by_hand)) return stay(exact ?? slider.previous("value"));
      if (!view) { exact = value; queueMicrotask(() => { exact = null; }); }
      if (by_hand) { held.set(slider, name); values[name] = value; moved(); }
    });
  };
  const keep_keys = ({ target }) => // Notebook 7 would take the arrow keys away from a slider
    target.closest?.(".course-slider .noUi-handle")?.setAttribute("data-lm-suppress-shortcuts", "true");
  const initialize = given => {
    model = given.model;
    const part = id => model.widget_manager.get_model(id);
    for (const [name, id] of Object.entries(model.get("sliders"))) part(id).then(slider => follow(name, slider));
    model.on("msg:custom", ({ alt, ...answer }) => {
      if (answer.who === who) hear(answer); part(model.get("readout")).then(label => label.set("value", alt));
    });
    const end = new AbortController(), first = { signal: end.signal, capture: true };
    document.addEventListener("pointerup", let_go, end); document.addEventListener("focusin", keep_keys, end);
    for (const kind of ["pointerdown", "focusin", "visibilitychange"]) document.addEventListener(kind, leave, first);
    return () => end.abort();
  };
  const render = ({ model, el }) => {
    const made = (name, ...rest) => Object.assign(document.createElement(name), ...rest);
    const still = made("img", { className: "course-picture", draggable: false,
      style: `touch-action: ${model.get("grabs").length ? "none" : "auto"}` });
    const sketch = made("img", { className: "course-sketch", alt: "", hidden: true });
    const box = made("div", { className: "course-stage" }), gone = made("p", { className: "course-gone", role: "status",
      textContent: "The kernel was restarted: run this cell again." });
    let turn = Promise.resolve(), begun = null; // pictures are shown in the order of arrival
    const show = (img, bytes) => { turn = turn.then(async () => {
      const old = img.src; img.src = URL.createObjectURL(new Blob([bytes], { type: "image/png" }));
      await img.decode(); sketch.hidden = img === still; URL.revokeObjectURL(old);
    }).catch(() => {}); };
    const spot = (event, at = still.getBoundingClientRect()) => // in fractions of the picture
      [(event.clientX - at.left) / at.width, 1 - (event.clientY - at.top) / at.height];
    const grip = ([x, y]) => model.get("grabs").find(([l, b, r, t]) => l <= x && x <= r && b <= y && y <= t);
    const along = event => { // a drag that changes two things keeps to the one that it changes first
      const [x, y] = spot(event), far = [event.clientX - begun.at[0], event.clientY - begun.at[1]].map(Math.abs);
      if (begun.one_way && !begun.way && Math.max(...far) > SLACK) begun.way = far[0] > far[1] ? "x" : "y";
      return begun.last = [begun.way === "y" ? begun.spot[0] : x, begun.way === "x" ? begun.spot[1] : y];
    };
    still.onpointerdown = event => {
      const taken = grip(spot(event)); if (!taken || begun) return;
      begun = { at: [event.clientX, event.clientY], spot: spot(event), last: spot(event), one_way: taken[4] || event.shiftKey };
      still.setPointerCapture(event.pointerId); touch("down", ...begun.spot);
    };
    still.onpointermove = event => { if (begun) touch("drag", ...along(event));
      else still.style.cursor = grip(spot(event)) ? "grab" : "default"; };
    still.onpointerup = still.onpointercancel = () => { if (begun) touch("up", ...begun.last); begun = null; };
    const name_it = () => { still.alt = model.get("alt"); }, draw = () => { show(still, model.get("value")); name_it(); };
    model.on("comm_live_update", () => { still.style.opacity = 0.4; el.append(gone); });
    model.on("change:value", draw); model.on("change:alt", name_it);
    model.on("msg:custom", ({ alt }, [bytes]) => {
      still.alt = alt; if (bytes) show(sketch, bytes); else turn = turn.then(() => { sketch.hidden = true; });
    });
    if (model.get("value").byteLength) { draw(); box.append(still, sketch); el.append(box); }
  };
  return { initialize, render };
};
