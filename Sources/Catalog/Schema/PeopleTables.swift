/// People, what they did with works, and what was recommended to them.
enum PeopleTables {
  static let schema = """
    CREATE TABLE person (
      number INTEGER PRIMARY KEY AUTOINCREMENT, -- never given twice: a forgotten one is nobody's
      id TEXT NOT NULL UNIQUE,                  -- any, as it is known outside
      attributes TEXT NOT NULL DEFAULT '{}',    -- JSON: texts by name
      statement TEXT,                           -- their taste in their own words
      budget REAL,
      version INTEGER NOT NULL DEFAULT 0,       -- another one with each event: lists made before are out of date
      createdAt DATETIME NOT NULL
    );

    -- Works by a short number, as millions of events and models know them.
    CREATE TABLE workNumber (
      number INTEGER PRIMARY KEY AUTOINCREMENT,
      artworkID TEXT NOT NULL UNIQUE            -- may be an alias by now
    );

    CREATE TABLE event (
      number INTEGER PRIMARY KEY AUTOINCREMENT, -- in the order in which they came
      key BLOB NOT NULL UNIQUE,                 -- 16 bytes of the SHA-256 of the event's key
      person INTEGER NOT NULL REFERENCES person(number) ON DELETE CASCADE,
      work INTEGER NOT NULL REFERENCES workNumber(number),
      kind INTEGER NOT NULL,
      value REAL,
      time REAL NOT NULL,                       -- seconds since 1970
      list INTEGER                              -- the recommended list that it came from
    );
    CREATE INDEX eventByPerson ON event(person, time);
    CREATE INDEX eventByTime ON event(time);
    CREATE INDEX eventByList ON event(list) WHERE list IS NOT NULL;

    CREATE TABLE shownList (
      number INTEGER PRIMARY KEY,
      person INTEGER REFERENCES person(number) ON DELETE CASCADE, -- NULL: somebody without a name
      strategy TEXT NOT NULL,
      time REAL NOT NULL
    );
    CREATE INDEX shownListByPerson ON shownList(person, time);
    CREATE INDEX shownListByTime ON shownList(time);
    CREATE TABLE shownWork (
      list INTEGER NOT NULL REFERENCES shownList(number) ON DELETE CASCADE,
      rank INTEGER NOT NULL,                    -- from 1
      work INTEGER NOT NULL REFERENCES workNumber(number),
      PRIMARY KEY (list, rank)
    ) WITHOUT ROWID;

    -- How often somebody was forgotten: what was made of everybody's events before is out of date.
    CREATE TABLE forgettings (count INTEGER NOT NULL);
    INSERT INTO forgettings VALUES (0);
    """

  /// What each source said of the works that were shown: what weights and rankings are learnt from.
  static let sayings = """
    ALTER TABLE shownList ADD COLUMN sources TEXT NOT NULL DEFAULT ''; -- names, joined by commas
    ALTER TABLE shownList ADD COLUMN known INTEGER NOT NULL DEFAULT 0; -- events of the person then
    ALTER TABLE shownWork ADD COLUMN said BLOB;                        -- a Float32 a source; not a number: silent
    """
}
