namespace TaxiCredit.Firmware.Logic.Update;

/// <summary>Where <see cref="Transfer"/> is.</summary>
internal static class TransferStage
{
    public const int None = 0;

    /// <summary>Looks what a file holds already.</summary>
    public const int Scan = 1;

    /// <summary>Asks for the head, which stays in memory.</summary>
    public const int Head = 2;

    /// <summary>Proves the maker's signature.</summary>
    public const int CheckHead = 3;

    /// <summary>Empties a slot.</summary>
    public const int Room = 4;

    /// <summary>Writes the blocks that the head is in.</summary>
    public const int WriteHead = 5;

    /// <summary>Asks for the rest, and writes each part.</summary>
    public const int Rest = 6;

    /// <summary>Reads the image back.</summary>
    public const int Back = 7;

    /// <summary>Waits for ignition and supply.</summary>
    public const int Wait = 8;
}
