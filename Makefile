# Each target makes what it needs: Python >= 3.11 is enough. `make help` lists them.
.DEFAULT_GOAL := help
.PHONY: help demo up test soak mutants check format bench infra clean-var
SHELL := /bin/sh
RUN := .venv/bin
# Settings are loaded by the static checks, which reach no database.
CHECK_ENV := SECRET_KEY=only-for-static-checks-0123456789-abcdefghijklmnopqrstuvwxyz HTTPS=1 \
	KOOPERACJA_KEK=1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= DJANGO_SETTINGS_MODULE=kooperacja.settings

help: ## ta lista
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile
	@echo "Zmienne: PORT=8000, DATABASE_URL=, BROKER_URL=, METRICS_PORT=, ARGS= (dla make test, soak, bench i mutants)"

demo: ## pokazowe województwo na tym komputerze; Ctrl-C zatrzymuje, dane zostają w var/
	@sh infra/bootstrap.sh
	@exec $(RUN)/kooperacja demo

up: ## to samo bez danych pokazowych
	@sh infra/bootstrap.sh
	@exec $(RUN)/kooperacja up

test: ## wszystkie testy, także w przeglądarce (ARGS= dla pytest; ARGS="--app meetings": jednej aplikacji)
	@sh infra/bootstrap.sh dev browser
	@CHROMIUM="$$(sh infra/find-chromium.sh)" $(RUN)/python -m pytest -n 2 $(ARGS)

# The same at every repeat: a failure is found again by its seed.
SEEDS := 1 2 3
soak: ## na godziny: usterki, wyścigi i testy losowe, sto razy więcej przypadków (SEEDS="1 2 3")
	@sh infra/bootstrap.sh dev browser
	@for seed in $(SEEDS); do \
		SOAK=1 CHROMIUM="$$(sh infra/find-chromium.sh)" $(RUN)/python -m pytest -n 2 \
			-m "soak or hypothesis" --randomly-seed=$$seed \
			--hypothesis-seed=$$seed $(ARGS) || exit 1; \
	done

mutants: ## czy testy ścian łapią celowe usterki (ARGS= słowa z nazw)
	@sh infra/bootstrap.sh dev
	@$(RUN)/python -m infra.mutants $(ARGS)

check: ## formatowanie, typy, granice modułów, szablony, migracje, ustawienia
	@sh infra/bootstrap.sh dev
	$(RUN)/ruff format --check .
	$(RUN)/ruff check .
	$(CHECK_ENV) $(RUN)/mypy
	$(RUN)/lint-imports
	$(RUN)/djlint --quiet --lint templates
	$(RUN)/python -m pytest -q tests/test_consistency.py tests/test_states.py \
		tests/kooperacja/ui/test_contrast.py tests/test_migrations_lint.py
	$(CHECK_ENV) $(RUN)/python -m django makemigrations --check --dry-run
	$(CHECK_ENV) $(RUN)/python -m django check --deploy --fail-level WARNING
	@sh infra/bootstrap.sh lock

format: ## poprawia formatowanie
	@sh infra/bootstrap.sh dev
	$(RUN)/ruff format .
	$(RUN)/ruff check --fix .

bench: ## pomiary: jeden wiersz JSON na każdy
	@sh infra/bootstrap.sh dev
	@$(RUN)/kooperacja bench $(ARGS)

infra: ## walidatory plików wdrożenia w infra/ (kontenery, proxy, systemd, Prometheus)
	@sh infra/validate.sh

clean-var: ## usuwa dane tego komputera (var/), po potwierdzeniu
	@printf 'Usunąć wszystkie dane w var/? Wpisz "tak": '; read -r answer; \
		[ "$$answer" = tak ] && rm -rf var && echo "Usunięto." || echo "Nic nie usunięto."
