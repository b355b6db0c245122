namespace TaxiCredit.Firmware.Logic.Update;

/// <summary>How far a verification has come.</summary>
internal static class Verdict
{
    /// <summary>Not decided: more steps are needed.</summary>
    public const int Open = 0;

    /// <summary>The holder of the private key signed exactly this.</summary>
    public const int Genuine = 1;

    public const int Refused = 2;
}
