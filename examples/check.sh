#!/bin/sh
# 检查整改台账：逾期或有错误就不通过，临期只给警告；与合并基准比较，历史被改写也不通过。
# 用法：sh check.sh [文件夹 [主分支]]。用于计划任务、Git钩子或任何CI。
# 没有东西可比较就不通过；只看现在的内容的，主分支处写 none。
set -eu

ledger=${1:-ledgers}
main=${2:-origin/main}

fail() {
  echo "未能检查：$1" >&2
  exit 2
}

if [ "$main" = none ]; then
  set --
elif ! said=$(git rev-parse --verify HEAD 2>&1); then
  trust=$(printf '%s\n' "$said" | sed -n 's/.*\(git config --global --add safe.directory .*\)/\1/p')
  [ -z "$trust" ] || fail "Git不信任这个文件夹（它属于其他用户）；先执行 $trust"
  fail "这里不是有提交的Git仓库，无从比较；只看现在的内容的，主分支处写 none"
elif since=$(git merge-base "$main" HEAD 2>/dev/null); then
  # 在主分支上,或主分支已经被强制推送成了现在的版本:没有以前的版本可比较。
  [ "$since" != "$said" ] ||
    echo "现在的版本就在“$main”里，只比较没有提交的改动；要比较别的，主分支处写以前的版本" >&2
  set -- --since "$since"
else
  fail "没有“$main”这个分支可比较，或历史未取全；只看现在的内容的，主分支处写 none"
fi

code=0
zhenggai check --verbose --ledger "$ledger" "$@" || code=$?
case $code in
  0) echo "通过" ;;
  1) echo "不通过：有问题逾期" ;;
  3) echo "不通过：台账有错误" ;;
  *) echo "未能检查（退出码${code}）" ;;
esac
exit "$code"
