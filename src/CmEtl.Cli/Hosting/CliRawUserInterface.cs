using System.Management.Automation.Host;

namespace CmEtl.Cli;

/// <summary>The terminal's size; the rest of a console buffer does not exist here.</summary>
internal sealed class CliRawUserInterface : PSHostRawUserInterface
{
    // Wide enough for every view when nobody looks at a terminal.
    private const int WidthWithoutTerminal = 200;

    public override ConsoleColor BackgroundColor { get; set; } = ConsoleColor.Black;

    public override ConsoleColor ForegroundColor { get; set; } = ConsoleColor.Gray;

    public override Size BufferSize { get => WindowSize; set { } }

    public override Coordinates CursorPosition { get; set; }

    public override int CursorSize { get; set; } = 25;

    public override bool KeyAvailable => false;

    public override Size MaxPhysicalWindowSize => WindowSize;

    public override Size MaxWindowSize => WindowSize;

    public override Coordinates WindowPosition { get; set; }

    public override Size WindowSize
    {
        get => Console.IsOutputRedirected
            || Console.WindowWidth <= 0 ? new(WidthWithoutTerminal, 50) : new(Console.WindowWidth, Console.WindowHeight);
        set { }
    }

    public override string WindowTitle { get; set; } = "cmetl";

    public override void FlushInputBuffer()
    {
    }

    public override BufferCell[,] GetBufferContents(Rectangle rectangle) => throw new NotSupportedException();

    public override KeyInfo ReadKey(ReadKeyOptions options) => throw new NotSupportedException();

    public override void ScrollBufferContents(Rectangle source, Coordinates destination, Rectangle clip, BufferCell fill) =>
        throw new NotSupportedException();

    public override void SetBufferContents(Rectangle rectangle, BufferCell fill)
    {
    }

    public override void SetBufferContents(Coordinates origin, BufferCell[,] contents)
    {
    }
}
