"""The stages of a month: one module each, one public function of the module's name."""
