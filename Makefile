# 关爱月报. `make` alone shows the list below.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= python3
MONTH ?=
INPUT ?=
OUTPUT ?=
BIN := .venv/bin

help:            ## show this list 显示这份清单
	@grep -E '^[a-z-]+: .*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## */  make \1\t/' | expand -t 24

report: .venv/.ready   ## the month's report 生成月报: make report MONTH=2026-10 INPUT=文件夹
	@$(BIN)/guanai report $(if $(MONTH),--month $(MONTH)) $(if $(INPUT),--input "$(INPUT)") $(if $(OUTPUT),--output "$(OUTPUT)")

cluster: .venv/.ready   ## what Dask and shared storage need 多台机器、共享存储所需
	@$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements-cluster.lock

templates: .venv/.ready   ## write the blank templates and the generated docs again 重新生成空白模板与数据字典
	@$(BIN)/guanai templates

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
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "需要 Python 3.11 或更新的版本 (Python 3.11 or newer is needed)"; exit 2; }
	@echo "首次运行：正在准备运行环境，约需一两分钟……"
	@$(PYTHON) -m venv .venv

.venv/.ready: requirements.lock pyproject.toml | .venv/bin/pip
	@$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/pip install -q --disable-pip-version-check --no-build-isolation --no-deps -e .
	@touch $@

.venv/.ready-dev: requirements-dev.lock .venv/.ready
	@$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

.PHONY: help report cluster templates test test-all bench bench-read bench-county lock clean
