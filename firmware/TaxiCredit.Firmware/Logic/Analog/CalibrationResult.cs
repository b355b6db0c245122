namespace TaxiCredit.Firmware.Logic.Analog;

/// <summary>What became of a calibration; the numbers are those of PROTOCOL.md, incident <c>calibration</c>.</summary>
internal static class CalibrationResult
{
    public const int Stored = 0;

    /// <summary>The memory holds none: the unit works with nominal values.</summary>
    public const int None = 1;

    /// <summary>The one in memory belongs to another board.</summary>
    public const int Foreign = 2;

    /// <summary>A point has not been taken.</summary>
    public const int Missing = 3;

    /// <summary>The second point lies below the first, by value or by reading, or too near to it.</summary>
    public const int Swapped = 4;

    /// <summary>The points are not what the parts can give.</summary>
    public const int Battery = 5;
    public const int Light = 6;
    public const int Dark = 7;

    /// <summary>The memory did not answer, or did not take it.</summary>
    public const int Refused = 8;

    /// <summary>The current of a channel is out of tolerance; plus the channel.</summary>
    public const int Channel = 10;
}
