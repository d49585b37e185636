"""Languages and scripts: letters, words, sentences, stems, stop words, frequencies."""
