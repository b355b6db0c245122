namespace TaxiCredit.Firmware.Logic.Ports;

/// <summary>What the link reports. Instances are reused.</summary>
internal sealed class LinkReport
{
    public const int Opened = 1;

    /// <summary>The attempt failed, or the connection ended.</summary>
    public const int Closed = 2;

    /// <summary>The broker refused user name or password.</summary>
    public const int Denied = 3;
    public const int Message = 4;

    /// <summary>The broker has the message <see cref="Number"/>.</summary>
    public const int Delivered = 5;

    /// <summary>The client gave up on the message <see cref="Number"/>.</summary>
    public const int Failed = 6;

    /// <summary>Reports were dropped.</summary>
    public const int Overflowed = 7;

    /// <summary>The broker has granted the subscriptions of the attempt.</summary>
    public const int Subscribed = 8;

    public int Kind;

    /// <summary>Attempt, or id of a message.</summary>
    public int Number;
    public string Topic = "";
    public byte[]? Payload;
}
