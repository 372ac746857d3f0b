#!/bin/sh
# 检查整改台账:逾期或有错误就不通过,临期只给警告;与合并基准比较,历史被改写也不通过。
# 用法:sh check.sh [文件夹 [主分支]]。用于计划任务、Git钩子或任何CI。
set -eu

ledger=${1:-ledgers}
main=${2:-origin/main}

if since=$(git merge-base "$main" HEAD 2>/dev/null); then
  set -- --since "$since"
else
  echo "没有“$main”这个分支可比较,只检查现在的内容" >&2
  set --
fi

code=0
zhenggai check --verbose --ledger "$ledger" "$@" || code=$?
case $code in
  0) echo "通过" ;;
  1) echo "不通过:有问题逾期" ;;
  3) echo "不通过:台账有错误" ;;
  *) echo "没有查成(退出码$code)" ;;
esac
exit "$code"
