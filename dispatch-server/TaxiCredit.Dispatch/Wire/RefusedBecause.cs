namespace TaxiCredit.Dispatch.Wire;

/// <summary>Why something that came in over MQTT was refused.</summary>
internal enum RefusedBecause
{
    /// <summary>Longer than 1,024 bytes, or too short for an envelope.</summary>
    Length,

    /// <summary>Not signed by a key of the display.</summary>
    Mac,

    /// <summary>Not an envelope, not JSON, or a field missing, duplicated, of another type or outside its range.</summary>
    Form,

    /// <summary>The topic inside is not the topic that it came by.</summary>
    Topic,

    /// <summary>Not newer than the last accepted: a replay.</summary>
    Old,

    /// <summary>From a memory that a newer one has replaced.</summary>
    Superseded,

    /// <summary>No such display.</summary>
    Unknown,

    /// <summary>No user name, or a client id that is not the user name.</summary>
    Identity,

    /// <summary>Not the password of a valid key epoch.</summary>
    Password,

    /// <summary>More than a display may send.</summary>
    Rate,

    /// <summary>No accepted CONNECT in the time for it.</summary>
    Late,

    /// <summary>Too many connections, of one address or in all, that have not come to an accepted CONNECT.</summary>
    Crowd,

    /// <summary>The database does not take it; set aside, so that the reports of others are stored.</summary>
    Unsavable,

    /// <summary>Published where this client may not.</summary>
    ForeignPublish,

    /// <summary>Subscribed where this client may not.</summary>
    ForeignSubscription,
}
