using TaxiCredit.Firmware.Logic.Ports;
using TaxiCredit.Firmware.Logic.Update;

namespace TaxiCredit.Firmware.Logic.Loading;

/// <summary>
/// A start, up to a program that can run: what <see cref="Loader"/> chooses is read, compared with its digest, and loaded, else the next one is.
/// </summary>
internal sealed class Starter
{
    private readonly Slots _slots;
    private readonly Loader _loader;
    private readonly IProgramFiles _files;
    private readonly IProgramHost _host;

    public Starter(Slots slots, IProgramFiles files, IProgramHost host)
    {
        _slots = slots;
        _loader = new Loader(slots);
        _files = files;
        _host = host;
    }

    /// <summary>Loads a program; what it costs is stored before. That of the factory has no digest: its image is judged by whether it can be loaded.</summary>
    /// <param name="isCertainlyClean">The platform itself knows that the last program did not hang.</param>
    /// <returns>Slot of the program, or <see cref="Slots.None"/> when there is none on this unit that can be loaded.</returns>
    public int Load(bool isCertainlyClean)
    {
        int slot = _loader.Choose(isCertainlyClean);
        while (slot != Slots.Factory && !TryLoad(slot)) slot = _loader.ChooseAfter(slot);
        if (slot != Slots.Factory) return slot;

        byte[]? image = _host.ReadFactory();
        return image != null && _host.TryLoad(image, null) ? Slots.Factory : Slots.None;
    }

    private bool TryLoad(int slot)
    {
        Slot chosen = _slots.Of(slot);
        byte[]? image = ImageFile.Read(_files, slot, chosen.ImageSize);
        return image != null && chosen.IsOf(image) && _host.TryLoad(image, chosen);
    }
}
