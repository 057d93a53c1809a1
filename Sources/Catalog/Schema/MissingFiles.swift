/// What makes files that are gone from the disk leave the answers without being forgotten.
enum MissingFiles {
  static var schema: String {
    """
    -- Since when nothing has been found at the path; NULL while the file is there.
    ALTER TABLE file ADD COLUMN missingSince DATETIME;
    CREATE INDEX fileByInode ON file(inode);
    CREATE INDEX fileMissing ON file(missingSince) WHERE missingSince IS NOT NULL;

    -- All of its files are missing: it is in no answer until one is back.
    ALTER TABLE artwork ADD COLUMN isAbsent BOOLEAN NOT NULL DEFAULT 0;

    CREATE TRIGGER signatureOfMissingFile AFTER UPDATE OF missingSince ON file
    WHEN (old.missingSince IS NULL) IS NOT (new.missingSince IS NULL)
    BEGIN
      UPDATE changeCounter SET value = value + 1;
      INSERT INTO signatureChange (key, change)
      SELECT new.id, (SELECT value FROM changeCounter)
      WHERE true ON CONFLICT (key) DO UPDATE SET change = excluded.change;
      \(absence(of: "new.artworkID"))
    END;
    CREATE TRIGGER absenceAfterNewFile AFTER INSERT ON file BEGIN
      \(absence(of: "new.artworkID"))
    END;
    CREATE TRIGGER absenceAfterNoFile AFTER DELETE ON file BEGIN
      \(absence(of: "old.artworkID"))
    END;
    CREATE TRIGGER absenceAfterFileOfOtherWork AFTER UPDATE OF artworkID ON file
    WHEN old.artworkID IS NOT new.artworkID
    BEGIN
      \(absence(of: "old.artworkID"))
      \(absence(of: "new.artworkID"))
    END;
    """
  }

  private static func absence(of work: String) -> String {
    """
    UPDATE artwork SET isAbsent =
      EXISTS (SELECT 1 FROM file WHERE artworkID = \(work))
      AND NOT EXISTS (SELECT 1 FROM file WHERE artworkID = \(work) AND missingSince IS NULL)
    WHERE id = \(work);
    """
  }
}
