namespace TaxiCredit.Firmware.Logic.Wire;

/// <summary>The topics of one display.</summary>
internal sealed class Topics
{
    public readonly string Rating;
    public readonly string Config;
    public readonly string Cmd;
    public readonly string Ack;
    public readonly string State;
    public readonly string Incidents;
    public readonly string[] Subscribed;

    /// <summary>What is subscribed to as long as a package is fetched.</summary>
    public readonly string[] ForUpdates;
    public readonly string Update;

    public Topics(string displayId)
    {
        string prefix = "tc/v1/d/" + displayId + "/";
        Rating = prefix + "rating";
        Config = prefix + "config";
        Cmd = prefix + "cmd";
        Ack = prefix + "incidents/ack";
        State = prefix + "state";
        Incidents = prefix + "incidents";
        Update = prefix + "update";
        Subscribed = new[] { Rating, Config, Cmd, Ack };
        ForUpdates = new[] { Update };
    }
}
