package import GRDB

/// The catalogue's tables, as a chain of migrations. A released migration never changes.
package enum Migrations {
  /// In the order in which they came.
  package static var all: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1 artworks, files, blocks") { try $0.execute(sql: first) }
    migrator.registerMigration("2 copy descriptors") { try $0.execute(sql: copyDescriptors) }
    migrator.registerMigration("3 words") { try $0.execute(sql: words) }
    migrator.registerMigration("4 text blocks") { try $0.execute(sql: textBlocks) }
    migrator.registerMigration("5 changes of signatures") { try $0.execute(sql: SignatureChanges.schema) }
    migrator.registerMigration("6 sets of blocks") { try $0.execute(sql: setsOfBlocks) }
    migrator.registerMigration("7 missing files") { try $0.execute(sql: MissingFiles.schema) }
    migrator.registerMigration("8 catalogue files") { try $0.execute(sql: catalogueFiles) }
    migrator.registerMigration("9 blocks by method") { try $0.execute(sql: blocksByMethod) }
    migrator.registerMigration("10 lists and keys") { try $0.execute(sql: listsAndKeys) }
    migrator.registerMigration("11 people") { try $0.execute(sql: PeopleTables.schema) }
    migrator.registerMigration("12 sayings") { try $0.execute(sql: PeopleTables.sayings) }
    return migrator
  }

  private static let listsAndKeys = """
    -- A list of works goes on where it ended, however long it is.
    CREATE INDEX artworkByTitle ON artwork(title COLLATE NOCASE, id);
    CREATE INDEX artworkByArtist ON artwork(artist COLLATE NOCASE, id);
    CREATE INDEX artworkByDate ON artwork(dateEarliest, id);
    CREATE INDEX artworkByAdded ON artwork(addedAt, id);

    -- Who may ask over the network. The key itself is told once and kept nowhere.
    CREATE TABLE accessKey (
      id TEXT NOT NULL PRIMARY KEY,
      name TEXT NOT NULL,
      scope TEXT NOT NULL,
      hash BLOB NOT NULL,                -- SHA-256 of the key, which has 256 random bits
      createdAt DATETIME NOT NULL,
      revokedAt DATETIME
    ) WITHOUT ROWID;
    """

  private static let blocksByMethod = """
    -- Which files lack what is asked at every start: without reading the vectors, which are most of the catalogue.
    ALTER TABLE block ADD COLUMN bytes INTEGER GENERATED ALWAYS AS (length(vector)) VIRTUAL;
    CREATE INDEX blockByMethod ON block(name, version, bytes, fileID);

    ALTER TABLE copyView ADD COLUMN thumbnailBytes INTEGER GENERATED ALWAYS AS (length(thumbnail)) VIRTUAL;
    ALTER TABLE copyView ADD COLUMN hashBytes INTEGER GENERATED ALWAYS AS (length(hashes)) VIRTUAL;
    CREATE INDEX copyViewByMethod ON copyView(fileID, view, version, thumbnailBytes, hashBytes);
    """

  private static let catalogueFiles = """
    -- Catalogue files in watched folders, as they were when they were last imported.
    CREATE TABLE catalogueFile (
      path BLOB NOT NULL PRIMARY KEY,
      size INTEGER NOT NULL, modified INTEGER NOT NULL, changed INTEGER NOT NULL, inode INTEGER NOT NULL
    ) WITHOUT ROWID;

    CREATE INDEX artworkRemoved ON artwork(id) WHERE removed;
    """

  private static let setsOfBlocks = """
    -- The version of each block that answers are given by; the table `block` has no other but such as were left behind.
    CREATE TABLE blockInUse (
      name TEXT NOT NULL PRIMARY KEY,
      version INTEGER NOT NULL,
      dimension INTEGER NOT NULL
    ) WITHOUT ROWID;
    -- Of several versions the commonest.
    INSERT INTO blockInUse (name, version, dimension)
    SELECT name, version, dimension FROM (
      SELECT name, version, length(vector) / 4 AS dimension, max(files) FROM (
        SELECT name, version, vector, count(*) AS files FROM block GROUP BY name, version
      ) GROUP BY name
    );

    -- What newer methods have measured, until every file has it.
    CREATE TABLE newBlock (
      fileID INTEGER NOT NULL REFERENCES file(id) ON DELETE CASCADE,
      name TEXT NOT NULL,
      version INTEGER NOT NULL,
      vector BLOB NOT NULL,
      PRIMARY KEY (fileID, name)
    ) WITHOUT ROWID;
    """

  private static let textBlocks = """
    -- What makes text blocks: fitted on this catalogue; one row, or none before the first fit.
    CREATE TABLE textModel (
      id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
      method TEXT NOT NULL,
      version INTEGER NOT NULL,
      dimension INTEGER NOT NULL,
      works INTEGER NOT NULL,            -- that it was fitted on
      data BLOB NOT NULL
    );

    -- What a work's entry says, as a vector: float32, little-endian, unit length; empty where it says nothing. A work without a
    -- row, or with one of another version than the model's, has yet to be read.
    CREATE TABLE textBlock (
      artworkID TEXT NOT NULL PRIMARY KEY REFERENCES artwork(id) ON DELETE CASCADE ON UPDATE CASCADE,
      version INTEGER NOT NULL,
      vector BLOB NOT NULL
    ) WITHOUT ROWID;

    CREATE TRIGGER textOfChangedArtwork AFTER UPDATE OF title, artist, style, genre, medium, description, tags ON artwork
    WHEN (old.title, old.artist, old.style, old.genre, old.medium, old.description, old.tags)
      IS NOT (new.title, new.artist, new.style, new.genre, new.medium, new.description, new.tags)
    BEGIN
      DELETE FROM textBlock WHERE artworkID = new.id;
    END;
    """

  private static let words = """
    -- What works can be found by: their words, folded and broken (see Text), one row a work. Derived, and brought up to date
    -- by the next search: triggers note what has changed, whoever changed it.
    CREATE VIRTUAL TABLE artworkWords USING fts5(
      title, artist, subject, description, tokenize = "unicode61 remove_diacritics 0 categories 'L* N* M* Co'"
    );

    -- The row of artworkWords that a work has. A row of artwork has no number that lasts.
    CREATE TABLE wordsRow (
      id INTEGER PRIMARY KEY,
      artworkID TEXT NOT NULL UNIQUE REFERENCES artwork(id) ON DELETE CASCADE ON UPDATE CASCADE,
      isStale BOOLEAN NOT NULL DEFAULT 1
    );
    CREATE INDEX wordsRowStale ON wordsRow(id) WHERE isStale;

    CREATE TRIGGER wordsOfNewArtwork AFTER INSERT ON artwork BEGIN
      INSERT INTO wordsRow (artworkID) VALUES (new.id);
    END;
    CREATE TRIGGER wordsOfChangedArtwork AFTER UPDATE OF title, artist, style, genre, medium, description, tags ON artwork
    BEGIN
      UPDATE wordsRow SET isStale = 1 WHERE artworkID = new.id;
    END;
    CREATE TRIGGER wordsOfNoArtwork AFTER DELETE ON wordsRow BEGIN
      DELETE FROM artworkWords WHERE rowid = old.id;
    END;
    INSERT INTO wordsRow (artworkID) SELECT id FROM artwork;
    """

  private static let copyDescriptors = """
    -- What tells copies of a picture from other pictures, one row a view: 0 the whole, 1 without its plain border.
    CREATE TABLE copyView (
      fileID INTEGER NOT NULL REFERENCES file(id) ON DELETE CASCADE,
      view INTEGER NOT NULL,
      version INTEGER NOT NULL,
      hashes BLOB,                       -- 64-bit, little-endian: windows, mirrored, gradient; NULL: too flat to tell
      thumbnail BLOB NOT NULL,           -- 32 x 32 luma, then 8 x 8 a* and b*, each + 128
      PRIMARY KEY (fileID, view)
    );
    """

  private static let first = """
    -- One catalogued work. Texts as the catalogue has them; a date also as the years it can mean.
    CREATE TABLE artwork (
      id TEXT NOT NULL PRIMARY KEY,
      isMinted BOOLEAN NOT NULL,         -- the id comes from an image's bytes, not from a catalogue
      title TEXT, artist TEXT, date TEXT, dateEarliest INTEGER, dateLatest INTEGER,
      style TEXT, genre TEXT, medium TEXT, description TEXT, tags TEXT,
      price REAL, currency TEXT, availability TEXT,
      removed BOOLEAN NOT NULL DEFAULT 0, -- taken out; its images don't bring it back
      addedAt DATETIME NOT NULL,
      updatedAt DATETIME NOT NULL
    );

    -- Columns of an imported catalogue that Morelli gives no meaning to.
    CREATE TABLE attribute (
      artworkID TEXT NOT NULL REFERENCES artwork(id) ON DELETE CASCADE ON UPDATE CASCADE,
      name TEXT NOT NULL,
      value TEXT NOT NULL,
      PRIMARY KEY (artworkID, name)
    ) WITHOUT ROWID;

    -- Minted ids that a catalogue has replaced: they go on answering.
    CREATE TABLE alias (
      alias TEXT NOT NULL PRIMARY KEY,
      artworkID TEXT NOT NULL REFERENCES artwork(id) ON DELETE CASCADE ON UPDATE CASCADE
    ) WITHOUT ROWID;

    -- Image files that catalogue rows speak of, whether they have been seen or not.
    CREATE TABLE claim (
      path BLOB NOT NULL PRIMARY KEY,    -- absolute, relative to the imported file's folder
      written BLOB NOT NULL,             -- as the row has it
      name BLOB NOT NULL,                -- its last component
      artworkID TEXT NOT NULL REFERENCES artwork(id) ON DELETE CASCADE ON UPDATE CASCADE
    ) WITHOUT ROWID;
    CREATE INDEX claimByName ON claim(name);
    CREATE INDEX claimByArtwork ON claim(artworkID);

    -- One reproduction at one path. Paths are bytes: Linux does not promise UTF-8.
    CREATE TABLE file (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      artworkID TEXT NOT NULL REFERENCES artwork(id) ON DELETE CASCADE ON UPDATE CASCADE,
      path BLOB NOT NULL UNIQUE,
      name BLOB NOT NULL,
      contentHash BLOB NOT NULL,         -- SHA-256 of the bytes
      pictureHash BLOB NOT NULL,         -- SHA-256 of the working image and the original dimensions
      format TEXT NOT NULL,
      width INTEGER NOT NULL,            -- upright, of the original
      height INTEGER NOT NULL,
      size INTEGER NOT NULL,             -- size, modified, changed, inode: the file as it was read
      modified INTEGER NOT NULL,
      changed INTEGER NOT NULL,
      inode INTEGER NOT NULL,
      addedAt DATETIME NOT NULL,
      updatedAt DATETIME NOT NULL
    );
    CREATE INDEX fileByArtwork ON file(artworkID);
    CREATE INDEX fileByContent ON file(contentHash);
    CREATE INDEX fileByName ON file(name);

    -- One kind of evidence of one file: float32, little-endian, unit length or zeros.
    CREATE TABLE block (
      fileID INTEGER NOT NULL REFERENCES file(id) ON DELETE CASCADE,
      name TEXT NOT NULL,
      version INTEGER NOT NULL,
      vector BLOB NOT NULL,
      PRIMARY KEY (fileID, name)
    ) WITHOUT ROWID;

    -- Dominant colours of one file: L*, a*, b*, share, each float32 little-endian, most present first.
    CREATE TABLE palette (
      fileID INTEGER NOT NULL PRIMARY KEY REFERENCES file(id) ON DELETE CASCADE,
      version INTEGER NOT NULL,
      swatches BLOB NOT NULL
    );

    -- Files that gave no picture, and why.
    CREATE TABLE quarantine (
      path BLOB NOT NULL PRIMARY KEY,
      code TEXT NOT NULL,
      reason TEXT NOT NULL,
      attempts INTEGER NOT NULL,
      size INTEGER, modified INTEGER, changed INTEGER, inode INTEGER,
      limits TEXT NOT NULL,              -- the decoding settings under which it was refused
      firstSeen DATETIME NOT NULL,
      lastSeen DATETIME NOT NULL
    ) WITHOUT ROWID;
    """
}
