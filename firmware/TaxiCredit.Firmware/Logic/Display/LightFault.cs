namespace TaxiCredit.Firmware.Logic.Display;

/// <summary>What is wrong with a channel; the numbers are those of PROTOCOL.md, incident <c>light-fault</c>.</summary>
internal static class LightFault
{
    public const int None = 0;
    public const int Open = 1;
    public const int Short = 2;
    public const int StuckOn = 3;

    private static readonly string[] Names = { "", "-open", "-short", "-stuck" };

    /// <summary>Suffix in the <c>faults</c> of a <c>state</c>.</summary>
    public static string NameOf(int fault) => Names[fault];
}
