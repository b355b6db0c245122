using TaxiCredit.Firmware.Logic.Update;

namespace TaxiCredit.Firmware.Logic.Loading;

/// <summary>Makes a program of an image; on the device the runtime does.</summary>
internal interface IProgramHost
{
    /// <summary>The factory's image, which the bench put into a file of its own.</summary>
    /// <returns>Null when there is none, or it cannot be read.</returns>
    byte[]? ReadFactory();

    /// <summary>Makes a program ready to run. Nothing of it runs yet.</summary>
    /// <param name="image">As the maker compiled it.</param>
    /// <param name="from">What is known of it; null for that of the factory.</param>
    /// <returns>False when it is no image, or not one that can be loaded here.</returns>
    bool TryLoad(byte[] image, Slot? from);
}
