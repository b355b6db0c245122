using TaxiCredit.Firmware.Logic.Ports;

namespace Firmware.Tests.World;

/// <summary>A clock chip that keeps the world's time.</summary>
internal sealed class WorldTime(World world) : ITimeSource
{
    public long ReadRtc() => world.UnixTime;

    public void WriteRtc(long unixSeconds)
    {
        // The world's time is right.
    }

    public long TakeNetworkTime() => 0;

    public void SetSystemTime(long unixSeconds)
    {
        // Nothing in this world reads it.
    }

    public void UseServers(string first, string second)
    {
        // There are none.
    }
}
