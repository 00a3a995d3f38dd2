package org.thinkfamily.access;

/** The table "who sees what" as the models have it now ({@code dmn/who-sees-what.dmn}); looked up in memory. */
public interface WhoSees {

    /** What of an item is seen. {@code PART} and {@code OWN} are never shown by the program itself: a person decides what of it is told. */
    enum Sight { FULL, PART, OWN, NO }

    /** How somebody is involved with a family today. */
    enum Involvement { NAMED, TEAM, EMERGENCY }

    /**
     * What a reader sees of an item of a family that the reader may see.
     *
     * @param item a restriction of docs/models.md, such as {@code child-view}
     * @param reader a role, or for whom a document is: {@code carer}, {@code school}, {@code parent}, {@code other-parent}, {@code child}
     * @return {@link Sight#NO} for whatever the table does not name
     */
    Sight of(String item, String reader, Involvement involvement);
}
