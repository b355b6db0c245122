using System.Threading;

namespace TaxiCredit.Firmware.Esp32;

/// <summary>A thread that carries out attempts. One that does not return from an attempt is left behind, and sees that when it does.</summary>
internal sealed class LinkWorker
{
    public const int Idle = 0;
    private const int Ending = -1;

    /// <summary>Attempt that it is carrying out.</summary>
    public int Attempt;

    /// <summary>Another has taken its place.</summary>
    public bool IsReplaced;

    public Thread? Thread;

    private bool _wasEnding;

    /// <param name="attempt">What it begins; 0 ends the connection.</param>
    public void Begin(int attempt)
    {
        Attempt = attempt == Idle ? Ending : attempt;
        _wasEnding = false;
    }

    /// <summary>Whether it is seen for the first time at the end of a connection, which may take a moment.</summary>
    public bool IsEnding()
    {
        bool isFirst = Attempt == Ending && !_wasEnding;
        _wasEnding = true;
        return isFirst;
    }
}
