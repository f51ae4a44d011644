"""Click in Danish: its help, and what it says of a command that nobody can carry out."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any, NoReturn

import click

from magazine.problems import did_you_mean


def _show_help(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        click.echo(ctx.get_help(), color=ctx.color)
        ctx.exit()


def _help_option() -> click.Option:
    return click.Option(
        ["--help", "--hjælp"],
        is_flag=True,
        expose_value=False,
        is_eager=True,
        help="Vis denne hjælp.",
        callback=_show_help,
    )


class DanishCommand(click.Command):
    """One command, with its help in Danish."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Take what click takes."""
        kwargs.setdefault("options_metavar", "[VALG]")
        super().__init__(*args, **kwargs)
        self.params.append(_help_option())

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write how the command is called."""
        _write_usage(self, ctx, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options."""
        _write_options(self, ctx, formatter)


class DanishGroup(click.Group):
    """The commands of a program, with help and faults in Danish."""

    command_class = DanishCommand

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Take what click takes."""
        kwargs.setdefault("options_metavar", "[VALG]")
        super().__init__(*args, **kwargs)
        self.params.append(_help_option())

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write how the program is called."""
        _write_usage(self, ctx, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands, and below them the options."""
        rows = [(name, command.get_short_help_str(limit=200)) for name, command in self.commands.items()]
        with formatter.section("Kommandoer"):
            formatter.write_dl(rows)
        _write_options(self, ctx, formatter)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that is meant.

        Raises:
            UsageError: in Danish, where there is none of that name.
        """
        if args[0] not in self.commands:
            raise click.UsageError(
                f"kommandoen «{args[0]}» kendes ikke.{did_you_mean(args[0], self.commands)} "
                f"Der kan stå: {', '.join(self.commands)}."
            )
        return super().resolve_command(ctx, args)

    def main(self, args: Sequence[str] | None = None, **extra: Any) -> NoReturn:  # type: ignore[override]
        """Carry out a command line and end the program, telling faults in Danish."""
        extra["standalone_mode"] = False
        given = list(sys.argv[1:] if args is None else args)
        try:
            status = super().main(given or ["--help"], **extra)
        except click.UsageError as fault:
            click.echo(f"Fejl: {_in_danish(fault)}", err=True)
            sys.exit(fault.exit_code)
        except click.ClickException as fault:
            click.echo(f"Fejl: {fault.message}", err=True)
            sys.exit(fault.exit_code)
        except click.Abort:
            click.echo("Afbrudt.", err=True)
            sys.exit(1)
        sys.exit(status if isinstance(status, int) else 0)


def _in_danish(fault: click.UsageError) -> str:
    where = fault.ctx.command_path if fault.ctx is not None else "magasin"
    see = f" Se, hvad der kan stå: {where} --help"
    match fault:
        case click.MissingParameter(param=click.Parameter() as parameter):
            return f"der mangler {parameter.metavar or parameter.human_readable_name}.{see}"
        case click.NoSuchOption():
            return f"«{fault.option_name}» kendes ikke.{see}"
        case click.BadOptionUsage():
            return f"«{fault.option_name}» kan ikke bruges sådan.{see}"
        case click.BadParameter() | click.BadArgumentUsage():
            return f"det, der står efter «{where}», kan ikke bruges.{see}"
    is_ours = type(fault) is click.UsageError and fault.message.startswith("kommandoen")
    return fault.message if is_ours else f"der står for meget efter «{where}».{see}"


def _write_usage(command: click.Command, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    pieces = command.collect_usage_pieces(ctx)
    formatter.write_usage(ctx.command_path, " ".join(pieces), prefix="Brug: ")


def _write_options(command: click.Command, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    options = [one for one in command.get_params(ctx) if isinstance(one, click.Option)]
    records = [record for one in options if (record := one.get_help_record(ctx)) is not None]
    with formatter.section("Valg"):
        formatter.write_dl(records)
