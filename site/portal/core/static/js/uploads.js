// Places of files: several at once with progress, cancel and retry; each file is a request of its own, so a refused one
// costs nothing else. Without the script the same buttons send the form.
document.addEventListener("DOMContentLoaded", () => document.querySelectorAll("[data-files]").forEach((place) => {
  const list = place.querySelector("[data-files-list]");
  const said = place.querySelector("[data-files-said]");
  const drop = place.querySelector("[data-files-drop]");
  const input = drop?.querySelector("input");
  const { add, purpose } = place.dataset;
  const single = place.dataset.most === "1";
  const kinds = place.dataset.accept.split(",").filter((part) => part.startsWith("."));
  const waiting = [];
  let running = 0;

  const token = () => document.querySelector("[name=csrfmiddlewaretoken]").value;
  const tell = (words) => { said.textContent = ""; setTimeout(() => { said.textContent = words; }, 50); };
  const megabytes = (bytes) => (bytes / 1048576).toLocaleString("ru", { maximumFractionDigits: 1 });
  const element = (name, className, text = "") => Object.assign(document.createElement(name), { className, textContent: text });
  const settle = () => {
    list.hidden = !list.children.length;
    if (purpose === "photo") document.querySelector("[data-photo-guard]")?.toggleAttribute("hidden", !list.children.length);
  };
  const send = (address, data, progress) => {
    const request = new XMLHttpRequest();
    const done = new Promise((resolve) => {
      request.onload = () => resolve([request.status, (() => { try { return JSON.parse(request.responseText); } catch { return {}; } })()]);
      request.onerror = request.ontimeout = request.onabort = () => resolve([0, {}]);
    });
    request.open("POST", address);
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("X-CSRFToken", token());
    if (progress) request.upload.onprogress = progress;
    request.send(data);
    return [request, done];
  };
  const reason = (status, answer) => answer.error || (status === 413 ? "Файл слишком велик: до 20 МБ." : status
    ? "Не получилось загрузить. Попробуйте ещё раз." : "Пропала связь. Файл не потерян: нажмите «Повторить», когда она вернётся.");

  // One file on its way: a row of its own until the server's row takes its place.
  const begin = (file) => {
    const row = element("li", "file files__row");
    const kind = element("span", "file__type", file.name.split(".").pop().toUpperCase().slice(0, 5));
    const name = element("span", "strong", file.name);
    const tools = element("span", "files__tools");
    const line = element("span", "small muted");
    const bar = Object.assign(document.createElement("progress"), { max: 100, value: 0 });
    const stop = element("button", "btn btn--plain btn--s", "Отменить");
    const again = element("button", "btn btn--plain btn--s", "Повторить");
    let request = null;
    let cancelled = false;

    kind.setAttribute("aria-hidden", "true");
    bar.setAttribute("aria-label", `Загрузка: ${file.name}`);
    [stop, again].forEach((button) => { button.type = "button"; });
    stop.setAttribute("aria-label", `Отменить: ${file.name}`);
    again.setAttribute("aria-label", `Повторить: ${file.name}`);
    tools.append(stop);
    row.append(kind, name, tools, line, bar);
    list.append(row);
    settle();

    const fail = (words, retry) => {
      bar.remove();
      line.className = "err files__wide";
      line.textContent = words;
      stop.textContent = "Убрать";
      stop.setAttribute("aria-label", `Убрать: ${file.name}`);
      tools.replaceChildren(...(retry ? [again, stop] : [stop]));
      tell(words);
    };
    const run = async () => {
      if (cancelled) return;
      const data = new FormData();
      data.append("purpose", purpose);
      data.append(`upload-${purpose}`, file);
      line.className = "small muted";
      tools.replaceChildren(stop);
      row.append(bar);
      let done;
      [request, done] = send(add, data, (event) => {
        const share = Math.round((100 * event.loaded) / event.total);
        bar.value = share;
        line.textContent = share < 100 ? `Загружаем: ${share} %, ${megabytes(event.loaded)} из ${megabytes(event.total)} МБ` : "Проверяем содержимое…";
      });
      const [status, answer] = await done;
      if (cancelled) return;
      if (status !== 201) return fail(reason(status, answer), !status || status >= 500 || status === 401);
      row.insertAdjacentHTML("afterend", answer.row);
      const fresh = row.nextElementSibling;
      row.remove();
      [...list.children].forEach((other) => { if (other !== fresh && (single || other.id === fresh.id) && other.dataset.file) other.remove(); });
      tell(answer.said);
    };
    stop.onclick = () => { cancelled = true; request?.abort(); row.remove(); settle(); input.focus(); tell(`Загрузка „${file.name}“ отменена.`); };
    again.onclick = () => queue(run);

    const suffix = `.${file.name.split(".").pop().toLowerCase()}`;
    if (!file.size) fail(`„${file.name}“: файл пуст. Проверьте, что он сохранился, и загрузите снова.`);
    else if (file.size > Number(place.dataset.each)) fail(`„${file.name}“: больше ${Math.round(place.dataset.each / 1048576)} МБ. Уменьшите файл или сохраните его как PDF; видео — ссылкой на RuTube или VK Видео.`);
    else if (!kinds.includes(suffix) && !file.type.startsWith("image/")) fail(`„${file.name}“: такой тип не принимаем. Сохраните как ${single || purpose === "photo" ? "JPG или PNG" : "PDF или DOCX"}.`);
    else queue(run);
  };
  const queue = (run) => { waiting.push(run); next(); };
  const next = () => {
    while (running < 2 && waiting.length) {
      running += 1;
      waiting.shift()().finally(() => { running -= 1; next(); });
    }
  };

  if (drop) {
    drop.querySelector("[data-files-send]").hidden = true;
    drop.querySelector(".files__hint").hidden = false;
    input.addEventListener("change", () => { [...input.files].forEach(begin); input.value = ""; });
    for (const [name, over] of [["dragover", true], ["dragleave", false], ["drop", false]]) {
      drop.addEventListener(name, (event) => {
        event.preventDefault();
        drop.toggleAttribute("data-over", over);
        if (name === "drop") [...event.dataTransfer.files].slice(0, single ? 1 : undefined).forEach(begin);
      });
    }
  }

  list.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-file-remove], [data-file-move]");
    if (!button) return;
    event.preventDefault();
    if (button.dataset.fileRemove && !window.confirm(`Удалить „${button.dataset.fileRemove}“?`)) return;
    const row = button.closest("[data-file]");
    const [status, answer] = await send(button.formAction, new FormData())[1];
    if (status !== 200) return tell(reason(status, answer));
    if (button.dataset.fileRemove) { row.remove(); input?.focus(); } else {
      const up = button.dataset.fileMove === "-1";
      const other = up ? row.previousElementSibling : row.nextElementSibling;
      if (other) other[up ? "before" : "after"](row);
      button.focus();
    }
    settle();
    tell(answer.said);
  });
  list.addEventListener("change", async (event) => {
    const names = event.target.closest("[data-file-names]");
    if (!names) return;
    const data = new FormData();
    names.querySelectorAll("input, select").forEach((field) => data.append(field.name, field.value));
    const [status, answer] = await send(names.dataset.fileNames, data)[1];
    tell(status === 200 ? answer.said : reason(status, answer));
  });
}));
