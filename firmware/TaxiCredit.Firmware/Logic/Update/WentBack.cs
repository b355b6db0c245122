namespace TaxiCredit.Firmware.Logic.Update;

/// <summary>Why a program was given up.</summary>
internal static class WentBack
{
    public const int None = 0;

    /// <summary>A candidate hung or threw so often.</summary>
    public const int Tries = 1;

    /// <summary>A candidate ran for long and never proved itself.</summary>
    public const int Unproven = 2;

    /// <summary>The image was missing, cut, another, or could not be loaded.</summary>
    public const int Image = 3;

    /// <summary>One that had been confirmed hung or threw so often in a row.</summary>
    public const int Died = 4;
}
