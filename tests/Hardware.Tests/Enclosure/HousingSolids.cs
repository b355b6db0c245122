using TaxiCredit.Hardware.Generate.Enclosure;

namespace TaxiCredit.Hardware.Tests.Enclosure;

/// <summary>The printed and cut pieces that a board goes into.</summary>
internal sealed record HousingSolids(Solid Front, Solid Lid, Solid Diffusers, Solid Pipes, Solid Plunger, Solid Hood, Solid Sticker, Solid Masks)
{
    // The board's upper left hole.
    private const double ScrewX = -71;
    private const double ScrewZ = 19;

    /// <summary>Where the board's street side lies: the end of the front's first post.</summary>
    public double Seat => Front.LastAlong(ScrewX + 2.7, ScrewZ).To;

    /// <summary>Where its cabin side lies: the beginning of the lid's first column.</summary>
    public double Back => Lid.FirstAlong(ScrewX + 2.7, ScrewZ).From;

    public static HousingSolids Of(RenderedHousing housing) =>
        new(housing["front"], housing["lid"], housing["diffusers"], housing["pipes"], housing["plunger"], housing["hood"], housing["sticker"],
            housing["masks"]);

    public HousingSolids Mirrored() =>
        new(Front.Mirrored(), Lid.Mirrored(), Diffusers.Mirrored(), Pipes.Mirrored(), Plunger.Mirrored(),
            Hood.Mirrored(), Sticker.Mirrored(), Masks.Mirrored());
}
