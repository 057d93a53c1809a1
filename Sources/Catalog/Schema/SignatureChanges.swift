/// The tables that tell an index what has changed since it was built, kept by triggers, whoever changes the catalogue.
///
/// A signature has a key: the number of its file, or, for a work that has no file, the number of its row of words, negative.
enum SignatureChanges {
  static var schema: String {
    tables
      + triggers.map { trigger in
        let logged = trigger.keys.map { keys in
          """
            INSERT INTO signatureChange (key, change)
            SELECT key, (SELECT value FROM changeCounter) FROM (\(keys))
            WHERE true ON CONFLICT (key) DO UPDATE SET change = excluded.change;
          """
        }
        return """
          CREATE TRIGGER \(trigger.name) AFTER \(trigger.event) BEGIN
            UPDATE changeCounter SET value = value + 1;
          \(logged.joined(separator: "\n"))
          END;

          """
      }.joined()
  }

  private static let tables = """
    -- One row: how many changes there have been.
    CREATE TABLE changeCounter (
      id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
      value INTEGER NOT NULL
    );
    INSERT INTO changeCounter (id, value) VALUES (1, 0);

    -- The last change of each signature that was changed since this table was made.
    CREATE TABLE signatureChange (
      key INTEGER NOT NULL PRIMARY KEY,
      change INTEGER NOT NULL
    );
    CREATE INDEX signatureChangeByNumber ON signatureChange(change);


    """

  private struct Trigger {
    let name, event: String
    /// Queries for the keys that the event concerns.
    let keys: [String]
  }

  /// All keys of a work: those of its files, and its own.
  private static func keys(ofWork work: String) -> [String] {
    [
      "SELECT id AS key FROM file WHERE artworkID = \(work)",
      "SELECT -id AS key FROM wordsRow WHERE artworkID = \(work)",
    ]
  }

  private static let triggers: [Trigger] = {
    var all: [Trigger] = []
    for (table, title) in [("block", "Block"), ("palette", "Palette")] {
      all += [
        Trigger(
          name: "signatureOfNew\(title)", event: "INSERT ON \(table)", keys: ["SELECT new.fileID AS key"]),
        Trigger(
          name: "signatureOfChanged\(title)", event: "UPDATE ON \(table)", keys: ["SELECT new.fileID AS key"]),
        Trigger(
          name: "signatureOfNo\(title)", event: "DELETE ON \(table)", keys: ["SELECT old.fileID AS key"]),
      ]
    }
    return all + [
      Trigger(name: "signatureOfNewText", event: "INSERT ON textBlock", keys: keys(ofWork: "new.artworkID")),
      Trigger(
        name: "signatureOfChangedText", event: "UPDATE OF version, vector ON textBlock",
        keys: keys(ofWork: "new.artworkID")),
      Trigger(name: "signatureOfNoText", event: "DELETE ON textBlock", keys: keys(ofWork: "old.artworkID")),
      Trigger(
        name: "signatureOfRemovedWork",
        event: "UPDATE OF removed ON artwork WHEN old.removed IS NOT new.removed",
        keys: keys(ofWork: "new.id")),
      Trigger(
        name: "signatureOfNewFile", event: "INSERT ON file",
        keys: ["SELECT new.id AS key", "SELECT -id AS key FROM wordsRow WHERE artworkID = new.artworkID"]),
      Trigger(
        name: "signatureOfNoFile", event: "DELETE ON file",
        keys: ["SELECT old.id AS key", "SELECT -id AS key FROM wordsRow WHERE artworkID = old.artworkID"]),
      Trigger(
        name: "signatureOfFileOfOtherWork",
        event: "UPDATE OF artworkID ON file WHEN old.artworkID IS NOT new.artworkID",
        keys: [
          "SELECT new.id AS key",
          "SELECT -id AS key FROM wordsRow WHERE artworkID IN (old.artworkID, new.artworkID)",
        ]),
      Trigger(name: "signatureOfNoWork", event: "DELETE ON wordsRow", keys: ["SELECT -old.id AS key"]),
    ]
  }()
}
