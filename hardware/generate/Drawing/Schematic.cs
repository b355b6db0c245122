using TaxiCredit.Hardware.Generate.Drawing.Sheets;
using TaxiCredit.Hardware.Generate.PinMap;

namespace TaxiCredit.Hardware.Generate.Drawing;

/// <summary>One place where a sheet is used: its path of identifiers, and which light channel it is there (0: none).</summary>
internal sealed record SheetUse(string Path, int Channel);

/// <summary>The whole schematic: the sheets, how they are nested, and the files they become.</summary>
internal sealed class Schematic
{
    public const string Name = "taxicredit";
    public const string Root = Name + ".kicad_sch";

    public Schematic(string hardwareFolder)
    {
        var parts = new PartCatalogue(hardwareFolder);
        var pins = Pin.ReadAll(hardwareFolder);
        Sheets =
        [
            RootSheet.Draw(parts), SupplySheet.Draw(parts), ModuleSheet.Draw(parts, pins), LightSheet.Draw(parts),
            ChannelSheet.Draw(parts), SensingSheet.Draw(parts), TamperSheet.Draw(parts), MemorySheet.Draw(parts), ConnectorsSheet.Draw(parts),
        ];
    }

    public IReadOnlyList<Sheet> Sheets { get; }

    /// <summary>File name and content of every generated file of the KiCad project.</summary>
    public IEnumerable<(string File, string Content)> Files()
    {
        foreach (var sheet in Sheets)
            yield return (sheet.File, new SheetWriter(sheet, UsesOf(sheet)).Write());
        yield return ("TaxiCredit.kicad_sym", SymbolWriter.LibraryFile());
    }

    public static string UuidOf(string sheetFile) => Identity.Of("sheet", sheetFile);

    public static string ChildUuid(string parentFile, string childName) => Identity.Of("child", parentFile, childName);

    public static string PageOf(Child child) => child.Channel > 0 ? $"{7 + child.Channel}" : child.File switch
    {
        ConnectorsSheet.FileName => "2",
        SupplySheet.FileName => "3",
        SensingSheet.FileName => "4",
        ModuleSheet.FileName => "5",
        MemorySheet.FileName => "6",
        TamperSheet.FileName => "13",
        _ => "7",
    };

    private List<SheetUse> UsesOf(Sheet sheet)
    {
        if (sheet.File == Root)
            return [new SheetUse($"/{UuidOf(Root)}", 0)];
        return
        [
            .. from parent in Sheets
               from child in parent.Children
               where child.File == sheet.File
               from use in UsesOf(parent)
               select new SheetUse($"{use.Path}/{ChildUuid(parent.File, child.Name)}", child.Channel),
        ];
    }
}
