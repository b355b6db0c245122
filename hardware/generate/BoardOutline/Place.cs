namespace TaxiCredit.Hardware.Generate.BoardOutline;

/// <summary>Where a part lies.</summary>
/// <param name="X">Origin of its footprint, in millimetres to the right of the board's upper left corner, as the street sees it.</param>
/// <param name="Y">Millimetres down from that corner.</param>
/// <param name="Angle">Degrees counter-clockwise, as KiCad writes them.</param>
/// <param name="Back">On the cabin's side; the footprint is then mirrored, its y first.</param>
internal sealed record Place(double X, double Y, double Angle, bool Back)
{
    /// <summary>A point of the library's footprint on the board.</summary>
    public (double X, double Y) OnBoard(double x, double y)
    {
        double local = Back ? -y : y;
        double radians = Angle * Math.PI / 180;
        return (X + (x * Math.Cos(radians)) + (local * Math.Sin(radians)), Y - (x * Math.Sin(radians)) + (local * Math.Cos(radians)));
    }
}
