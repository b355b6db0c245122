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

    public Board(IMemory memory, ILights lights, IConverter converter, ISensors sensors, ITimeSource time, IPlatform platform, ILink link)
    {
        Memory = memory;
        Lights = lights;
        Converter = converter;
        Sensors = sensors;
        Time = time;
        Platform = platform;
        Link = link;
    }
}
