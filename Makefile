# Needs git, make and Python 3.11; the rest is installed in .venv, from uv.lock.

VENV := .venv
BIN := $(VENV)/bin
SAMPLES ?= samples
OUT ?= out
# the Debian packages that the tests use: a real LibreOffice prints forms, with fonts as wide as Arial that have ☐ and ☒;
# Chromium and a PostScript path print boxes; Chromium, pdf.js, qpdf and Poppler open what we write; a real PostgreSQL keeps archives
APT_PACKAGES := soffice=libreoffice-writer-nogui chromium=chromium libjs-pdf gs=ghostscript fonts-liberation \
	fonts-dejavu-core postgres=postgresql qpdf=qpdf pdftoppm=poppler-utils $(SCAN_PACKAGES)

# the French data of Tesseract: the printed text of scans is read with it
SCAN_PACKAGES := tesseract-ocr-fra

# uv works in this environment, with its Python, and trusts what the machine trusts: schools have proxies of their own
CERTIFICATES := $(if $(wildcard /etc/ssl/certs/ca-certificates.crt),UV_SYSTEM_CERTS=true)
UV := env -u VIRTUAL_ENV $(CERTIFICATES) UV_PROJECT_ENVIRONMENT=$(VENV) UV_PYTHON=$(BIN)/python UV_PYTHON_DOWNLOADS=never $(BIN)/uv
# stamps: what is installed is what uv.lock held at that time
LOCKED := pyproject.toml uv.lock
RUNTIME := $(VENV)/.runtime
DEV := $(VENV)/.dev
BENCH := $(VENV)/.bench
FUZZ := $(VENV)/.fuzz

# commands start a third faster from bytecode, which some machines are told not to write by themselves
COMPILE := $(BIN)/python -m compileall -q formfill || true

.DEFAULT_GOAL := help
.PHONY: help setup run test lint types pytest check golden bench fuzz scale definitions catalogues samples template build clean packages scan-packages scan-report blanks

help: ## montre cette aide
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: $(RUNTIME) scan-packages ## lit, contrôle et régénère samples/ dans out/, montre le tableau et le rapport
	@code=0; $(BIN)/formfill run $(SAMPLES) --out $(OUT) || code=$$?; \
	case $$code in \
	  0) echo "Tout est fait : aucune erreur relevée." ;; \
	  1) echo "Tout est fait : des formulaires ont des erreurs (certains exemples en ont exprès). Le rapport les montre." ;; \
	  4) echo "Tout est fait : au moins un fichier n’est aucun formulaire connu (certains exemples le sont exprès). Le rapport les montre." ;; \
	  *) echo "formfill a échoué (code $$code) : voir le message ci-dessus." >&2; exit $$code ;; \
	esac

test: packages lint types pytest ## installe ce qu’il faut, puis style, types et tous les tests

check: test ## le même, pour qui en a l’habitude

setup: $(DEV) ## installe formfill et ses outils de développement dans .venv

lint: $(DEV) ## style, mise en forme, qui importe qui
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/lint-imports

types: $(DEV) ## mypy, strict
	$(BIN)/mypy

pytest: $(DEV)
	$(BIN)/pytest --no-fold-skipped

scan-packages:
	@tools/setup.sh packages $(SCAN_PACKAGES)

packages:
	@tools/setup.sh packages $(APT_PACKAGES)

bench: $(BENCH) ## mesure la vitesse : des rapports à des planchers pris dans la même exécution (INTO=README.md les y écrit)
	$(BIN)/python -m tools.bench $(if $(INTO),--markdown-into $(INTO))

fuzz: $(FUZZ) ## dix minutes de documents abîmés au hasard (Word, Excel, OpenDocument, PDF) : aucun ne doit faire échouer la lecture
	$(BIN)/python -m tools.fuzz $(MINUTES)

scale: $(DEV) ## le temps de lecture suit la taille des tableaux, et la mémoire ne monte pas
	$(BIN)/python -m tools.scale

definitions: $(DEV) ## recompile les formulaires et les référentiels
	$(BIN)/python -m formfill.definitions.compile

catalogues: $(DEV) ## relève les phrases du code et compile leurs traductions
	$(BIN)/python -m tools.catalogues

samples: $(DEV) ## refait les documents d’exemple de samples/
	$(BIN)/python -m tools.make_samples
	$(BIN)/python -m tools.make_form_samples

golden: $(DEV) ## réécrit les résultats attendus de samples/ ; relisez ensuite la différence
	FORMFILL_GOLDEN=1 $(BIN)/python -m tools.golden

blanks: $(DEV) ## réimprime les formulaires vierges auxquels les scans sont comparés (LibreOffice)
	$(BIN)/python -m tools.make_blanks

scan-report: $(DEV) ## mesure la lecture des scans, du plus net au plus abîmé ; tableau dans le README, image dans docs/images
	$(BIN)/python -m tools.scan_report --into README.md --plot docs/images/scans.png

template: $(DEV) ## refait les gabarits Word à partir des définitions
	$(BIN)/python -m tools.make_template_bloc1

build: $(DEV) ## construit le paquet Python dans dist/
	$(UV) build

clean: ## efface ce qui est fabriqué : out/, dist/, caches (.venv reste)
	rm -rf $(OUT) dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -not -path './$(VENV)/*' -prune -exec rm -rf {} +

$(BIN)/python:
	@tools/setup.sh venv $(VENV)

$(RUNTIME): $(LOCKED) | $(BIN)/python
	$(UV) sync --frozen --inexact --compile-bytecode --all-extras --no-dev
	@$(COMPILE)
	@touch $@

$(DEV): $(LOCKED) | $(BIN)/python
	$(UV) sync --frozen --inexact --compile-bytecode --all-extras
	@$(COMPILE)
	@touch $@ $(RUNTIME)

$(FUZZ): $(LOCKED) | $(BIN)/python
	$(UV) sync --frozen --inexact --compile-bytecode --all-extras --group fuzz
	@$(COMPILE)
	@touch $@ $(DEV) $(RUNTIME)

$(BENCH): $(LOCKED) | $(BIN)/python
	$(UV) sync --frozen --inexact --compile-bytecode --all-extras --group bench
	@$(COMPILE)
	@touch $@ $(DEV) $(RUNTIME)
