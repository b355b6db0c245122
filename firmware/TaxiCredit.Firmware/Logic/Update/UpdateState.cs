namespace TaxiCredit.Firmware.Logic.Update;

/// <summary>How far a unit is with what it was offered, as it says in <c>state</c>.</summary>
internal static class UpdateState
{
    /// <summary>It was offered nothing, and runs the factory's program.</summary>
    public const int None = 0;

    /// <summary>It fetches the package, and asks for the bytes from <c>have</c> on.</summary>
    public const int Get = 1;

    /// <summary>It verifies what it has.</summary>
    public const int Check = 2;

    /// <summary>All is proven; it waits for ignition and supply.</summary>
    public const int Wait = 3;

    /// <summary>It is loaded when the car is started next.</summary>
    public const int Ready = 4;

    /// <summary>It runs, and has not proven itself yet.</summary>
    public const int Trial = 5;

    /// <summary>It runs, and is confirmed.</summary>
    public const int Done = 6;

    public const int Failed = 7;

    private static readonly string[] Names = { "", "get", "check", "wait", "ready", "trial", "done", "failed" };

    public static string NameOf(int state) => Names[state];
}
