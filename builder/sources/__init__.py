"""What is read: files, each once; YAML with places, and the records it holds; images, PDFs, and what git knows."""
