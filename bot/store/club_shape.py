"""The tables of clubs, as the fourth step of the data file's shape (migrations.py).

Rule: what a runner said to a club is in rows keyed by the runner, so that it goes with them; a blob
of a club or a run names nobody, except organisers whom an admin named.
"""

SCRIPT = """
    CREATE TABLE clubs (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        version INTEGER NOT NULL,
        last_run INTEGER NOT NULL DEFAULT 0,
        settings BLOB NOT NULL
    ) STRICT;
    CREATE TABLE club_places (
        place INTEGER PRIMARY KEY REFERENCES places(id),
        club INTEGER NOT NULL REFERENCES clubs(id) ON DELETE CASCADE,
        seq INTEGER NOT NULL,
        missing TEXT NOT NULL DEFAULT ''
    ) STRICT;
    CREATE INDEX club_places_of_club ON club_places(club);
    CREATE TABLE club_members (
        club INTEGER NOT NULL REFERENCES clubs(id) ON DELETE CASCADE,
        runner INTEGER NOT NULL REFERENCES runners(id) ON DELETE CASCADE,
        since INTEGER NOT NULL,
        shares TEXT NOT NULL DEFAULT '',
        name TEXT NOT NULL DEFAULT '',
        PRIMARY KEY (club, runner)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX club_members_by_runner ON club_members(runner);
    CREATE TABLE club_runs (
        club INTEGER NOT NULL REFERENCES clubs(id) ON DELETE CASCADE,
        run INTEGER NOT NULL,
        starts_at INTEGER NOT NULL,
        made_by INTEGER REFERENCES runners(id) ON DELETE SET NULL,
        state BLOB NOT NULL,
        PRIMARY KEY (club, run)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX club_runs_by_start ON club_runs(starts_at);
    CREATE INDEX club_runs_by_maker ON club_runs(made_by);
    CREATE TABLE club_rsvps (
        club INTEGER NOT NULL,
        run INTEGER NOT NULL,
        runner INTEGER NOT NULL REFERENCES runners(id) ON DELETE CASCADE,
        choice TEXT NOT NULL,
        at INTEGER NOT NULL,
        seq INTEGER NOT NULL,
        tell INTEGER NOT NULL DEFAULT 0,
        PRIMARY KEY (club, run, runner),
        FOREIGN KEY (club, run) REFERENCES club_runs(club, run) ON DELETE CASCADE
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX club_rsvps_by_runner ON club_rsvps(runner);
    CREATE TABLE club_feelings (
        club INTEGER NOT NULL,
        run INTEGER NOT NULL,
        runner INTEGER NOT NULL REFERENCES runners(id) ON DELETE CASCADE,
        felt TEXT NOT NULL,
        PRIMARY KEY (club, run, runner),
        FOREIGN KEY (club, run) REFERENCES club_runs(club, run) ON DELETE CASCADE
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX club_feelings_by_runner ON club_feelings(runner);
    CREATE TABLE club_posts (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        club INTEGER NOT NULL REFERENCES clubs(id) ON DELETE CASCADE,
        key TEXT NOT NULL,
        place INTEGER NOT NULL REFERENCES places(id) ON DELETE CASCADE,
        parent TEXT NOT NULL DEFAULT '',
        message TEXT NOT NULL DEFAULT '',
        thread TEXT NOT NULL DEFAULT '',
        lies_in TEXT NOT NULL DEFAULT '',
        state TEXT NOT NULL DEFAULT 'open',
        edits INTEGER NOT NULL DEFAULT 0,
        touched_at INTEGER NOT NULL DEFAULT 0,
        made_at INTEGER NOT NULL,
        UNIQUE (club, key, place)
    ) STRICT;
    CREATE INDEX club_posts_of_place ON club_posts(place);
    CREATE INDEX club_posts_by_age ON club_posts(made_at);
    CREATE TABLE club_check_ins (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        club INTEGER NOT NULL REFERENCES clubs(id) ON DELETE CASCADE,
        key TEXT NOT NULL,
        plan BLOB NOT NULL,
        zone TEXT NOT NULL,
        next_at INTEGER NOT NULL,
        tries INTEGER NOT NULL DEFAULT 0,
        UNIQUE (club, key)
    ) STRICT;
    CREATE INDEX club_check_ins_due ON club_check_ins(next_at);
    CREATE TABLE club_drafts (
        runner INTEGER PRIMARY KEY REFERENCES runners(id) ON DELETE CASCADE,
        asks TEXT NOT NULL DEFAULT '',
        at INTEGER NOT NULL,
        draft BLOB NOT NULL
    ) STRICT;
    CREATE INDEX club_drafts_by_age ON club_drafts(at);
    CREATE TABLE club_codes (
        code TEXT PRIMARY KEY,
        club INTEGER NOT NULL REFERENCES clubs(id) ON DELETE CASCADE,
        until INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX club_codes_of_club ON club_codes(club);
    ALTER TABLE outbox ADD COLUMN club INTEGER;
    ALTER TABLE outbox ADD COLUMN post TEXT NOT NULL DEFAULT '';
    ALTER TABLE outbox ADD COLUMN deed TEXT NOT NULL DEFAULT '';
    CREATE INDEX outbox_of_post ON outbox(club, post, place) WHERE club NOT NULL;
"""
