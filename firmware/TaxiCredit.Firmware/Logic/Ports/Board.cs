namespace TaxiCredit.Firmware.Logic.Ports;

/// <summary>All ports of one unit.</summary>
internal sealed class Board
{
    public readonly IMemory Memory;
    public readonly ILights Lights;
    public readonly IConverter Converter;
    public readonly ISensors Sensors;
    public readonly ITimeSource Time;
    public readonly IPlatform Platform;
    public readonly ILink Link;

    /// <summary>Null on a board that takes no programs.</summary>
    public readonly IProgramFiles? Programs;

    public Board(
        IMemory memory,
        ILights lights,
        IConverter converter,
        ISensors sensors,
        ITimeSource time,
        IPlatform platform,
        ILink link,
        IProgramFiles? programs = null)
    {
        Programs = programs;
        Memory = memory;
        Lights = lights;
        Converter = converter;
        Sensors = sensors;
        Time = time;
        Platform = platform;
        Link = link;
    }
}
