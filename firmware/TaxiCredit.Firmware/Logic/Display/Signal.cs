namespace TaxiCredit.Firmware.Logic.Display;

/// <summary>What moves the display from one state to another. The first five say what the rating calls for.</summary>
internal static class Signal
{
    public const int Rated = 0;
    public const int Unrated = 1;
    public const int Vacant = 2;

    /// <summary>Past <c>until</c>, or past <c>hold</c> without a confirmation.</summary>
    public const int Expired = 3;

    /// <summary>There is no authentic rating.</summary>
    public const int Empty = 4;

    /// <summary>A self test begins; it ends with one of the signals above.</summary>
    public const int Test = 5;

    /// <summary>What is lit is not what the rating calls for.</summary>
    public const int Broken = 6;

    /// <summary>The ignition is off.</summary>
    public const int SwitchedOff = 7;
    public const int Count = 8;
}
