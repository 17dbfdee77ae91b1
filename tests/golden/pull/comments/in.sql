CREATE TABLE -- who writes
users ( -- one row a person
  id INTEGER PRIMARY KEY, -- given by us
  -- as it was typed;
  -- it may be in capitals
  name TEXT NOT NULL, -- the */ end, and /* a begin
  email TEXT /* in small letters */ CHECK (email = lower(email)), /* see
   * also the
   * newsletter */ opens TIME,
  phone TEXT, city TEXT, -- of both the last
  about TEXT -- without a comma
    DEFAULT '-- no comment /* here */' -- and a second one that is so long that it goes on and on, over the end of the line, and even once more over that of the next
  , -- after a comma on a line of its own
  CHECK (id > 0) -- of the table
  -- nothing
) -- after it
;
CREATE TABLE bare(id INTEGER PRIMARY KEY,/**/n TEXT--
,m TEXT--x
);
