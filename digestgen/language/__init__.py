"""What is known of languages and scripts: letters, words, sentences, stems, stop words, frequencies."""
