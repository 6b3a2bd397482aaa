# 关爱月报. `make` alone shows the list below.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= python3
MONTH ?=
INPUT ?=
FROM ?=
OUTPUT ?=
FOR ?=
PYTHONS ?=
EMBED ?=
# A Python that is packed, or a folder of one, is to be laid into a bundle; it is not the one that runs here.
ifneq (,$(filter %.zip %.tar.gz %.tgz,$(PYTHON))$(wildcard $(PYTHON)/python.exe $(PYTHON)/bin/python3))
EMBED := $(PYTHON)
override PYTHON := python3
endif
BIN := .venv/bin
PIP := $(BIN)/pip install -qq --disable-pip-version-check
NOT_READY := 没有装好运行环境，原因见上面 pip 的英文（多半是网络不通）。请检查网络后再运行一次。

# What these commands have to say ends with their own sentence: `make: *** [...] Error 2` below it helps nobody. Make is
# silent about one failure only, a recursive line (+) that ends with 1 while it is asked a question (-q); so it is asked
# one, and every line that it needs is recursive. It ends with 1 itself. An older make than 4 shows its line as ever.
# With -n nothing is recursive, or it would be run.
ifneq (,$(filter report start templates cluster bundle,$(MAKECMDGOALS)))
ifeq (1,$(words $(MAKECMDGOALS)))
ifeq (,$(findstring n,$(filter-out --%,$(firstword -$(MAKEFLAGS)))))
MAKEFLAGS += -q
DO := +
endif
endif
endif

help:            ## show this list 显示这份清单
	@grep -E '^[a-z-]+: .*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## */  make \1\t/' | expand -t 24

report: .venv/.ready   ## the month's report 生成月报: make report MONTH=2026-10 INPUT=文件夹
	$(DO)@$(BIN)/guanai report $(if $(MONTH),--month $(MONTH)) $(if $(INPUT),--input "$(INPUT)") $(if $(OUTPUT),--output "$(OUTPUT)") || exit 1

start: .venv/.ready   ## the first month's templates 第一个月: make start MONTH=2026-09 FROM=学校已有的表
	$(DO)@$(BIN)/guanai start --month "$(MONTH)" $(if $(FROM),--from "$(FROM)") $(if $(OUTPUT),--output "$(OUTPUT)") || exit 1

bundle: .venv/.ready   ## folders that run by a double-click 双击就能用: make bundle FOR=windows-x64 PYTHON=嵌入版.zip
	$(DO)@$(BIN)/python -m pipeline.bundle $(if $(FOR),--for $(FOR)) $(if $(PYTHONS),--pythons $(PYTHONS)) $(if $(EMBED),--embed "$(EMBED)") $(if $(OUTPUT),--output "$(OUTPUT)") || exit 1

cluster: .venv/.ready   ## what Dask and shared storage need 多台机器、共享存储所需
	$(DO)@$(PIP) --require-hashes -r requirements-cluster.lock || { echo "$(NOT_READY)" >&2; exit 1; }

templates: .venv/.ready   ## write the blank templates and the generated docs again 重新生成空白模板与数据字典
	$(DO)@$(BIN)/guanai templates || exit 1

guides: .venv/.ready-dev   ## the pictures of the guides and 老师.pdf (needs LibreOffice) 重画说明里的图
	$(BIN)/python -m guides

test: .venv/.ready-dev   ## lint, types and tests (under 4 minutes) 测试
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pytest

test-all: .venv/.ready-dev   ## the slow checks as well 全部测试
	$(BIN)/pytest -m "slow or not slow"

bench: .venv/.ready-dev   ## speed as ratios within one run 性能对比
	$(BIN)/python -m benchmarks

bench-read: .venv/.ready-dev   ## reading: time and memory against other readers 读取速度
	$(BIN)/python -m benchmarks.reading

bench-county: .venv/.ready-dev   ## a county of 200 schools, a roll-up of 4,000 (an hour) 县级性能
	$(BIN)/python -m benchmarks.county

lock:            ## renew the locked dependencies (needs uv) 更新依赖锁定
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header -q pyproject.toml --extra build -o requirements.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header -q pyproject.toml --extra build --extra cluster -o requirements-cluster.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header -q pyproject.toml --extra build --extra cluster --extra dev -o requirements-dev.lock

clean:           ## remove the virtual environment and caches 清理
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis *.egg-info

.venv/bin/pip:
	$(DO)@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "需要 Python 3.11 或更新的版本 (Python 3.11 or newer is needed)" >&2; exit 1; }
	$(DO)@echo "首次运行：正在准备运行环境，约需一两分钟……"
	$(DO)@$(PYTHON) -m venv .venv || { echo "没有建好运行环境（.venv），原因见上面的英文。" >&2; exit 1; }

.venv/.ready: requirements.lock pyproject.toml | .venv/bin/pip
	$(DO)@$(PIP) --require-hashes -r requirements.lock && $(PIP) --no-build-isolation --no-deps -e . || { echo "$(NOT_READY)" >&2; exit 1; }
	$(DO)@$(BIN)/python -m compileall -q pipeline schemas  # a tenth of a short run, where Python is told to write none
	$(DO)@touch $@

.venv/.ready-dev: requirements-dev.lock .venv/.ready
	@$(PIP) --require-hashes -r requirements-dev.lock
	@touch $@

.PHONY: help report start bundle cluster templates guides test test-all bench bench-read bench-county lock clean
