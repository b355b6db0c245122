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

    public Topics(string displayId)
    {
        string prefix = "tc/v1/d/" + displayId + "/";
        Rating = prefix + "rating";
        Config = prefix + "config";
        Cmd = prefix + "cmd";
        Ack = prefix + "incidents/ack";
        State = prefix + "state";
        Incidents = prefix + "incidents";
        Subscribed = new[] { Rating, Config, Cmd, Ack };
    }
}
