"""What is read: files, each once; YAML with places, and the records in it; images, PDFs, and what git knows."""
