namespace TaxiCredit.Dispatch.Components.Parts;

/// <summary>What a windscreen looks like from the street, and why. Never told apart by colour alone: each has a form of its own and a word.</summary>
public enum WindscreenFace
{
    /// <summary>Bar and stars are lit, as many as are drawn; the bar alone is 0 stars.</summary>
    Rated,

    /// <summary>Something else was published for it a moment ago and it has not answered yet.</summary>
    Waiting,

    /// <summary>Dark: the driver is too new to be rated.</summary>
    Unrated,

    /// <summary>Dark: nobody is signed on.</summary>
    Vacant,

    /// <summary>Dark: its rating is past its date.</summary>
    Stale,

    /// <summary>The unit cannot vouch for its light, or the lights make no rating.</summary>
    Fault,

    /// <summary>Dark without any of these reasons.</summary>
    Dark,

    /// <summary>Not connected: what it shows is not known.</summary>
    Offline,
}
