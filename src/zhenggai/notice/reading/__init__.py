"""Reading a published notice: each module recognises one of its parts, by form alone."""
