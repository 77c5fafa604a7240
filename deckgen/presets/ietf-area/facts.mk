.PHONY: fetch upload-help

fetch: $(tools) ## fetch the facts of a meeting from the datatracker: make fetch MEETING={meeting}
	@$(need-meeting)
	@$(DECKGEN) fetch $(MEETING) $(area)

upload-help: $(tools) ## show where to upload a deck, and which file: make upload-help MEETING={meeting}
	@$(need-meeting)
	@$(DECKGEN) upload-help $(MEETING) $(area)
