"use strict";
(function () {
  var PAGE = 100;
  var $ = function (id) { return document.getElementById(id); };
  var list = $("rows"), found = $("found"), tools = $("tools"), query = $("q");
  var isPublic = list.classList.contains("public");
  var all = [], shown = [], page = 0, key = "", down = false;
  var filters = ["timing", "stage", "aspect", "department"].filter(function (name) { return $("f-" + name); });

  function make(name, className, text) {
    var element = document.createElement(name);
    if (className) element.className = className;
    if (text !== undefined) element.textContent = text;
    return element;
  }
  function shape(tone) {
    var space = "http://www.w3.org/2000/svg";
    var svg = document.createElementNS(space, "svg"), use = document.createElementNS(space, "use");
    svg.setAttribute("class", "shape " + tone);
    svg.setAttribute("aria-hidden", "true");
    use.setAttribute("href", "#s-" + tone);
    svg.appendChild(use);
    return svg;
  }
  // The page names an aspect by its place among those that may be chosen, if there are several.
  var aspects = $("f-aspect") ? Array.prototype.slice.call($("f-aspect").options, 1).map(function (one) { return one.value; }) : [];
  // A finding of the page itself: what is said of it is read where it stands.
  function standing(element, place) {
    var said = function (name) {
      var at = element.querySelector(".row ." + name);
      return at ? at.textContent.trim() : "";
    };
    return {
      place: place, element: element, text: null, data: null, id: said("id"), title: said("title"),
      department: said("department"), owner: said("owner"), stage: said("stage"),
      deadline: said("deadline"), situation: said("situation"), measures: said("measures"),
      timing: element.dataset.timing || "", aspect: aspects[element.dataset.aspect] || ""
    };
  }
  // One that travelled compressed, as the program lists it.
  function packed(one, place) {
    return {
      place: place, element: null, text: null, data: one, id: one[0], title: one[1], stage: one[4],
      situation: one[5], timing: one[6], aspect: one[7], department: one[8], owner: one[9],
      deadline: one[10], measures: one[11]
    };
  }
  function words(one) {
    if (one.text === null) {
      one.text = (one.data ? one.data.join(" ") : one.element.textContent).toLowerCase();
    }
    return one.text;
  }
  function detail(one) {
    var box = make("div", "detail"), part, items;
    if (one[13].length) {
      part = box.appendChild(make("section"));
      part.appendChild(make("h3", "", "措施"));
      items = part.appendChild(make("ol", "steps"));
      one[13].forEach(function (step) {
        var item = items.appendChild(make("li", step[1] ? "done" : "open"));
        item.appendChild(make("span", "id", step[0]));
        item.appendChild(make("span", "when", (step[1] ? "✓ " : "□ ") + step[2]));
        var text = item.appendChild(make("div"));
        text.appendChild(make("p", "", step[3]));
        step[4].forEach(function (note) { text.appendChild(make("p", "note", note)); });
      });
    }
    if (one[14].length) {
      part = box.appendChild(make("section"));
      part.appendChild(make("h3", "", "记录"));
      items = part.appendChild(make("ol", "journal"));
      one[14].forEach(function (record) {
        var item = items.appendChild(make("li"));
        item.appendChild(make("span", "when", record[0]));
        item.appendChild(make("span", "action", record[1]));
        item.appendChild(make("p", "", record[2]));
      });
    }
    part = box.appendChild(make("section"));
    part.appendChild(make("h3", "", "基本情况"));
    items = part.appendChild(make("dl"));
    one[12].forEach(function (fact) {
      items.appendChild(make("dt", "", fact[0]));
      items.appendChild(make("dd", "", fact[1]));
    });
    return box;
  }
  function element(one) {
    if (one.element) return one.element;
    var data = one.data, item = make("li"), box = item.appendChild(make("details"));
    var row = box.appendChild(make("summary")).appendChild(make("span", "row"));
    row.appendChild(make("span", "id", one.id));
    var title = row.appendChild(make("span", "title", one.title));
    if (data[2]) {
      title.appendChild(document.createTextNode(" "));
      title.appendChild(make("span", "tag", data[2]));
    }
    (isPublic ? ["aspect"] : ["department", "owner"]).concat(["stage", "deadline"]).forEach(function (name) {
      row.appendChild(make("span", name, one[name]));
    });
    var situation = row.appendChild(make("span", "situation t-" + data[3]));
    situation.appendChild(shape(data[3]));
    situation.appendChild(make("span", "", one.situation));
    row.appendChild(make("span", "measures", one.measures));
    box.addEventListener("toggle", function () {
      if (box.open && box.children.length === 1) box.appendChild(detail(data));
    });
    one.element = item;
    return item;
  }
  function share(text) {
    var parts = text.split("/");
    return Number(parts[1]) ? Number(parts[0]) / Number(parts[1]) : -1;
  }
  var compare = new Intl.Collator("zh-CN", { numeric: true }).compare;
  var orders = {
    id: function (a, b) { return Number(a.id) - Number(b.id); },
    deadline: function (a, b) {
      var x = /\d/.test(a.deadline) ? a.deadline.replace("约", "") : "9";
      var y = /\d/.test(b.deadline) ? b.deadline.replace("约", "") : "9";
      return x < y ? -1 : x > y ? 1 : 0;
    },
    measures: function (a, b) { return share(a.measures) - share(b.measures); },
    situation: function (a, b) { return a.place - b.place; }
  };
  function choose() {
    var asked = query.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    var wanted = filters.map(function (name) { return [name, $("f-" + name).value]; }).filter(function (one) { return one[1]; });
    shown = all.filter(function (one) {
      return wanted.every(function (want) {
        return want[0] === "department" ? one.department.split("、").indexOf(want[1]) >= 0 : one[want[0]] === want[1];
      }) && asked.every(function (word) { return words(one).indexOf(word) >= 0; });
    });
    if (key) {
      var order = orders[key] || function (a, b) { return compare(a[key], b[key]); };
      shown.sort(function (a, b) { return (down ? order(b, a) : order(a, b)) || a.place - b.place; });
    }
    page = 0;
    draw();
    var narrowed = asked.length || wanted.length;
    found.textContent = narrowed ? "找到" + shown.length + "个，共" + all.length + "个" : "";
  }
  function draw() {
    var pages = Math.max(1, Math.ceil(shown.length / PAGE));
    var rows = document.createDocumentFragment();
    shown.slice(page * PAGE, (page + 1) * PAGE).forEach(function (one) { rows.appendChild(element(one)); });
    list.textContent = "";
    list.appendChild(rows);
    $("pages").hidden = pages < 2;
    $("page").textContent = "第" + (page + 1) + "页，共" + pages + "页";
    $("back").disabled = page === 0;
    $("next").disabled = page === pages - 1;
  }
  function turn(by) {
    page += by;
    draw();
    $("list").scrollIntoView();
  }
  function headings() {
    Array.prototype.forEach.call($("columns").children, function (column) {
      var button = make("button", "", column.textContent);
      button.type = "button";
      column.textContent = "";
      column.appendChild(button);
      button.addEventListener("click", function () {
        down = key === column.dataset.key && !down;
        key = column.dataset.key;
        Array.prototype.forEach.call($("columns").children, function (other) {
          var now = other.firstChild, name = now.textContent.replace(/[▲▼]$/, "");
          now.textContent = other === column ? name + (down ? "▼" : "▲") : name;
          if (other === column) now.setAttribute("aria-label", name + (down ? "，从大到小" : "，从小到大"));
          else now.removeAttribute("aria-label");
        });
        choose();
      });
    });
  }
  // What was searched for and opened stays when a newer page takes this one's place.
  var KEPT = "zhenggai-board";
  function keep() {
    var open = all.filter(function (one) { return one.element && one.element.firstElementChild.open; });
    var chosen = filters.map(function (name) { return [name, $("f-" + name).value]; });
    sessionStorage.setItem(KEPT, JSON.stringify({
      query: query.value, chosen: chosen, key: key, down: down, page: page, y: window.scrollY,
      open: open.map(function (one) { return one.id; })
    }));
  }
  function takeUp() {
    // A page opened from a file may have no storage at all, and is never replaced.
    var kept = document.documentElement.dataset.version && sessionStorage.getItem(KEPT);
    if (!kept) return;
    sessionStorage.removeItem(KEPT);
    kept = JSON.parse(kept);
    query.value = kept.query;
    kept.chosen.forEach(function (one) { if ($("f-" + one[0])) $("f-" + one[0]).value = one[1]; });
    key = kept.key;
    down = kept.down;
    choose();
    if (kept.page * PAGE < shown.length) page = kept.page;
    draw();
    all.forEach(function (one) {
      if (one.element && kept.open.indexOf(one.id) >= 0) one.element.firstElementChild.open = true;
    });
    window.scrollTo(0, kept.y);
  }
  function ready() {
    takeUp();
    document.documentElement.dataset.ready = String(all.length);
  }
  function start() {
    all = Array.prototype.map.call(list.children, standing);
    document.addEventListener("newer", keep);
    headings();
    tools.hidden = false;
    query.addEventListener("input", choose);
    tools.addEventListener("change", choose);
    tools.addEventListener("submit", function (event) { event.preventDefault(); });
    tools.addEventListener("reset", function () { setTimeout(choose, 0); });
    $("back").addEventListener("click", function () { turn(-1); });
    $("next").addEventListener("click", function () { turn(1); });
    var data = $("data");
    if (!data) {
      shown = all;
      if (all.length > PAGE) draw();
      ready();
      return;
    }
    if (typeof DecompressionStream === "undefined") {
      $("packed").textContent = "这个浏览器不能展开其余的问题，只列最要紧的" + all.length + "个；换较新的浏览器打开。上面的数字仍是全部的。";
      choose();
      ready();
      return;
    }
    var raw = atob(data.textContent.trim()), bytes = new Uint8Array(raw.length);
    for (var n = 0; n < raw.length; n += 1) bytes[n] = raw.charCodeAt(n);
    new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).json().then(function (rest) {
      var first = all.length;
      all = all.concat(rest.map(function (one, place) { return packed(one, first + place); }));
      $("packed").hidden = true;
      choose();
      ready();
    }).catch(function () {
      $("packed").textContent = "其余的问题未能展开，只列最要紧的" + all.length + "个；请重新生成看板。";
      choose();
      ready();
    });
  }
  start();
})();
