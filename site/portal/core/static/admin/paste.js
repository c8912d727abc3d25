/* Tables pasted from Word and Excel into the editor: into a block of a table they go cell by cell, out of a text they
   become a block of a table below it. Fonts and colours stay behind. */
(() => {
  'use strict';
  const TEXT = 'text';
  const NUMBER = 'number';
  const clean = (text) => text.replace(/[\s\u00a0]+/g, ' ').trim();
  const asNumber = (text) => text.replace(/[\s\u00a0]/g, '').replace(',', '.').replace('\u2212', '-');
  const isNumber = (text) => /^-?\d+(\.\d+)?$/.test(asNumber(text));

  /* Rows of texts; a cell over several columns or rows leaves empty ones behind it. */
  function gridOf(table) {
    const grid = [];
    Array.from(table.rows).forEach((row, y) => {
      grid[y] = grid[y] || [];
      let x = 0;
      Array.from(row.cells).forEach((cell) => {
        while (grid[y][x] !== undefined) x += 1;
        for (let down = 0; down < Math.min(cell.rowSpan || 1, table.rows.length - y); down += 1) {
          grid[y + down] = grid[y + down] || [];
          for (let right = 0; right < (cell.colSpan || 1); right += 1) {
            grid[y + down][x + right] = down || right ? '' : clean(cell.textContent);
          }
        }
        x += cell.colSpan || 1;
      });
    });
    const width = Math.max(0, ...grid.map((row) => row.length));
    return grid
      .map((row) => Array.from({ length: width }, (_unused, x) => row[x] || ''))
      .filter((row) => row.some((text) => text));
  }

  function pasted(event) {
    const data = event.clipboardData;
    if (!data) return null;
    const html = new DOMParser().parseFromString(data.getData('text/html') || '', 'text/html');
    const tables = Array.from(html.querySelectorAll('table')).filter((table) => !table.parentElement.closest('table'));
    return { html, tables, plain: data.getData('text/plain') || '' };
  }

  const fromTabs = (plain) =>
    plain.includes('\t') ? plain.replace(/\r?\n$/, '').split(/\r?\n/).map((line) => line.split('\t').map(clean)) : [];

  /* The state of a new block: the first row names the columns, a column of numbers alone is of numbers. */
  function newTable(grid) {
    const [head, ...body] = grid;
    const types = head.map((_name, x) => {
      const filled = body.map((row) => row[x]).filter((text) => text);
      return filled.length && filled.every(isNumber) ? NUMBER : TEXT;
    });
    return {
      caption: '',
      columns: head.map((heading, x) => ({ type: types[x], heading })),
      rows: body.map((row) => ({ values: row.map((text, x) => (types[x] === NUMBER ? asNumber(text) : text)) })),
    };
  }

  /* The state of a filled block with `grid` laid over it from one cell on; row -1 is that of headings. */
  function laidOver(state, grid, top, left) {
    const columns = state.columns.map((column) => ({ ...column }));
    const rows = state.rows.map((row) => ({ values: row.values.slice() }));
    grid.forEach((texts, down) => {
      const y = top + down;
      while (y >= rows.length) rows.push({ values: columns.map(() => '') });
      texts.forEach((text, right) => {
        const x = left + right;
        while (x >= columns.length) {
          columns.push({ type: TEXT, heading: '' });
          rows.forEach((row) => row.values.push(''));
        }
        if (y < 0) {
          columns[x].heading = text;
        } else {
          if (columns[x].type === NUMBER && text && !isNumber(text)) columns[x].type = TEXT;
          rows[y].values[x] = columns[x].type === NUMBER ? asNumber(text) : text;
        }
      });
    });
    return { caption: state.caption, columns, rows };
  }

  function placeOf(block, target) {
    const cell = target.closest('td, th');
    if (!cell) return { top: -1, left: 0 };
    const row = cell.parentElement;
    const top = row.parentElement === block.tbody ? Array.from(block.tbody.children).indexOf(row) : -1;
    return { top, left: Math.max(0, Array.from(row.children).indexOf(cell) - 1) };
  }

  function listenToTable(block) {
    block.container[0].addEventListener('paste', (event) => {
      const found = pasted(event);
      if (!found) return;
      const grid = found.tables.length ? gridOf(found.tables[0]) : fromTabs(found.plain);
      if (!grid.length || (grid.length === 1 && grid[0].length === 1)) return;
      event.preventDefault();
      event.stopPropagation();
      const state = block.getState();
      const { top, left } = placeOf(block, event.target);
      block.setState(state.columns.length ? laidOver(state, grid, top, left) : { ...newTable(grid), caption: state.caption });
      block.captionInput.dispatchEvent(new Event('input', { bubbles: true }));
    }, true);
  }

  function listenToStream(stream) {
    stream.container[0].addEventListener('paste', (event) => {
      const editor = event.target.closest('[data-draftail-editor-wrapper], .Draftail-Editor');
      const index = stream.children.findIndex((child) => child.element && child.element.contains(event.target));
      const found = pasted(event);
      if (!editor || index < 0 || !event.isTrusted || !found || !found.tables.length) return;
      const grids = found.tables.map(gridOf).filter((grid) => grid.length);
      found.tables.forEach((table) => table.remove());
      event.preventDefault();
      event.stopPropagation();
      const rest = new DataTransfer();
      rest.setData('text/html', found.html.body.innerHTML);
      rest.setData('text/plain', clean(found.html.body.textContent));
      if (clean(found.html.body.textContent)) {
        event.target.dispatchEvent(new ClipboardEvent('paste', { clipboardData: rest, bubbles: true, cancelable: true }));
      }
      grids.forEach((grid, number) => {
        stream.insert({ type: 'table', value: newTable(grid), id: crypto.randomUUID && crypto.randomUUID() }, index + 1 + number, {});
      });
    }, true);
  }

  function extend(name, own, listen) {
    const Base = window.telepath.constructors[name];
    window.telepath.register(own, class extends Base {
      render(...args) {
        const block = super.render(...args);
        listen(block);
        return block;
      }
    });
  }

  extend('wagtail.contrib.typed_table_block.blocks.TypedTableBlock', 'portal.core.blocks.TableBlock', listenToTable);
  extend('wagtail.blocks.StreamBlock', 'portal.core.blocks.BodyBlock', listenToStream);
})();
