namespace TaxiCredit.Hardware.Generate.BoardOutline;

/// <summary>The head of the board file: title, layers and the four-layer stack-up; thicknesses in millimetres.</summary>
internal static class StackUp
{
    private const string Laminate = "(material \"FR4 Tg150\") (epsilon_r 4.3) (loss_tangent 0.02)";
    private const string Copper = "(type \"copper\") (thickness 0.035)";

    private static readonly string[] Layers =
    [
        "(0 \"F.Cu\" signal)", "(4 \"In1.Cu\" power \"RAILS\")", "(6 \"In2.Cu\" power \"GROUND\")", "(2 \"B.Cu\" signal)",
        "(1 \"F.Mask\" user)", "(3 \"B.Mask\" user)", "(5 \"F.SilkS\" user)", "(7 \"B.SilkS\" user)", "(13 \"F.Paste\" user)", "(15 \"B.Paste\" user)",
        "(17 \"Dwgs.User\" user)", "(19 \"Cmts.User\" user)", "(25 \"Edge.Cuts\" user)", "(27 \"Margin\" user)",
        "(29 \"B.CrtYd\" user)", "(31 \"F.CrtYd\" user)", "(33 \"B.Fab\" user)", "(35 \"F.Fab\" user)",
    ];

    private static readonly string[] Stack =
    [
        "\"F.SilkS\" (type \"Top Silk Screen\") (color \"White\")", "\"F.Mask\" (type \"Top Solder Mask\") (color \"Black\") (thickness 0.02)",
        $"\"F.Cu\" {Copper}", $"\"dielectric 1\" (type \"prepreg\") (thickness 0.2) {Laminate}",
        $"\"In1.Cu\" {Copper}", $"\"dielectric 2\" (type \"core\") (thickness 1.02) {Laminate}",
        $"\"In2.Cu\" {Copper}", $"\"dielectric 3\" (type \"prepreg\") (thickness 0.2) {Laminate}",
        $"\"B.Cu\" {Copper}", "\"B.Mask\" (type \"Bottom Solder Mask\") (color \"Black\") (thickness 0.02)",
        "\"B.SilkS\" (type \"Bottom Silk Screen\") (color \"White\")",
    ];

    public static void Write(Action<FormattableString> add)
    {
        const string title = "(title \"TaxiCredit cab display: revision B\") (date \"2026-11-30\") (rev \"B\")";
        add($"(kicad_pcb\n\t(version 20241229)\n\t(generator \"taxicredit\")\n\t(generator_version \"9.0\")");
        add($"\t(general (thickness {Outline.Thickness}) (legacy_teardrops no))\n\t(paper \"A4\")");
        add($"\t(title_block {title} (company \"TaxiCredit\"))");
        add($"\t(layers {string.Join(' ', Layers)})");
        add($"\t(setup\n\t\t(stackup");
        foreach (string layer in Stack)
            add($"\t\t\t(layer {layer})");
        add($"\t\t\t(copper_finish \"ENIG\") (dielectric_constraints no)\n\t\t)");
        add($"\t\t(pad_to_mask_clearance 0.05)\n\t\t(allow_soldermask_bridges_in_footprints no)\n\t)");
        add($"\t(net 0 \"\")");
    }
}
