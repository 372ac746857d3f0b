// Of a page that zhenggai board --serve gives: is there a newer one, is something broken?
(function () {
  var version = document.documentElement.dataset.version, broken = document.getElementById("broken");
  function say(words) {
    broken.textContent = words;
    broken.hidden = !words;
  }
  function ask() {
    fetch("version", { cache: "no-store" }).then(function (answer) { return answer.json(); }).then(function (now) {
      say(now.problem && now.problem + "。");
      if (now.version === version) return;
      document.dispatchEvent(new Event("newer"));
      location.reload();
    }).catch(function () {
      say("看板已停止更新（zhenggai board --serve 没有在运行），下面是最后一次的内容。");
    }).then(function () { setTimeout(ask, 2000); });
  }
  ask();
})();
