import Testing

/// Everything that decodes. One test at a time: libvips has one error buffer for all threads, and its words tell
/// harmless padding in a JPEG from damage.
@Suite(.serialized)
enum Decoding {}
