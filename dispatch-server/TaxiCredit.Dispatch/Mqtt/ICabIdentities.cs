namespace TaxiCredit.Dispatch.Mqtt;

/// <summary>Which displays there are, and what they log on with. Thread-safe.</summary>
internal interface ICabIdentities
{
    /// <summary>
    /// What this display logged on with before is nothing any more: it is in no cab, or has another root key. Its connection is to be ended. On no
    /// particular thread.
    /// </summary>
    event Action<string>? Died;

    bool IsKnown(string displayCode);

    /// <summary>
    /// Whether this is the display's broker password, of any key epoch that is valid now. Constant time in the password; false for an unknown display.
    /// </summary>
    bool IsPassword(string displayCode, ReadOnlySpan<byte> password);
}
