namespace TaxiCredit.Firmware.Logic.Wire;

/// <summary>Why a message was refused; the numbers are those of PROTOCOL.md, 0 means that it was accepted.</summary>
internal static class Refusal
{
    public const int None = 0;
    public const int Length = 1;
    public const int Mac = 2;
    public const int Form = 3;
    public const int Topic = 4;
    public const int Old = 5;
    public const int Expired = 6;
    public const int Early = 7;
    public const int Clock = 8;

    /// <summary>The ignition is on: only in a parked car.</summary>
    public const int Driving = 9;
}
