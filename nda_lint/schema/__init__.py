"""What a contract may say: clause kinds with their keys, value types, vocabulary and names."""
